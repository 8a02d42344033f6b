"""A small corpus with an emoji, for tests of the store and of what stands on it."""

import pandas as pd

TALK = {
    "wm-officer-01": [
        ("Int", "interviewer", "How was it?"),
        ("Amy", "officer", "It is easy 😀, you know. It is easy."),
    ],
    "wm-user-01": [("Int", "interviewer", "And then?"), ("Lee", "service_user", "It made me think twice.")],
}


class TinyCorpus:
    """What a corpus offers a store."""

    def __init__(self, talk: dict[str, list[tuple[str, str, str]]]) -> None:
        self.texts: dict[str, str] = {}
        rows = []
        for document, turns in talk.items():
            text = ""
            for number, (speaker, role, said) in enumerate(turns, start=1):
                start = len(text) + len(speaker) + 2
                text += f"{speaker}: {said}\n"
                rows.append(
                    {
                        "document": document, "turn": number, "speaker": speaker, "person": f"{document}:{speaker}",
                        "role": role, "scheme": "west-midlands", "wave": "1", "start": start,
                        "end": start + len(said), "time": float("nan"), "text": said, "words": len(said.split()),
                    }
                )  # fmt: skip
            self.texts[document] = text
        self.turns = pd.DataFrame(rows)
        self.documents = pd.DataFrame(
            [
                {"document": name, "title": name, "fictional": True, "words": len(text.split())}
                for name, text in self.texts.items()
            ]
        )

    def text(self, document: str) -> str:
        return self.texts[document]
