"""Speed and memory, side by side with a peer in one run; figures, never verdicts."""
