// Colours that can be told from their ground: a code's own colour, lightened or darkened until its contrast is enough.

const channels = (colour) => {
  const short = /^#(.)(.)(.)$/.exec(colour);
  const long = /^#(..)(..)(..)/.exec(short ? `#${short.slice(1).map((each) => each + each).join("")}` : colour);
  if (long) return long.slice(1).map((each) => Number.parseInt(each, 16));
  return (colour.match(/[\d.]+/g) ?? [255, 255, 255]).slice(0, 3).map(Number);
};

function luminance(colour) {
  const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const [red, green, blue] = channels(colour).map(linear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

// Return the colour, moved towards black or white until it stands off its ground by this ratio (WCAG: 3 for shapes).
function readable(colour, ground, ratio = 3) {
  const towards = luminance(ground) > 0.18 ? 0 : 255;
  let parts = channels(colour);
  for (let step = 0; step < 20 && contrast(`rgb(${parts.join(",")})`, ground) < ratio; step += 1)
    parts = parts.map((part) => Math.round(part + (towards - part) * 0.12));
  return `rgb(${parts.join(", ")})`;
}
