// The contrast of an element's text with what is behind it, by WCAG 2: between 1 and 21. Colours are read through a canvas, so
// that any notation of CSS will do; what is half transparent is laid over what lies below it.
(element) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const read = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
    return { rgb: [red, green, blue], alpha: alpha / 255 };
  };
  const over = (above, below) => above.rgb.map((part, place) => part * above.alpha + below[place] * (1 - above.alpha));
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const layers = [];
  let opacity = 1;
  for (let one = element; one; one = one.parentElement) layers.push(one);
  let behind = [255, 255, 255];
  for (const one of layers.toReversed()) {
    const style = getComputedStyle(one);
    behind = over(read(style.backgroundColor), behind);
    opacity *= Number(style.opacity);
  }
  const ink = read(getComputedStyle(element).color);
  const shown = over({ rgb: ink.rgb, alpha: ink.alpha * opacity }, behind);
  const [light, dark] = [luminance(shown), luminance(behind)].sort((one, other) => other - one);
  return Math.round(((light + 0.05) / (dark + 0.05)) * 100) / 100;
};
