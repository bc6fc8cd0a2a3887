/** Sizes in pixels. The font is monospaced, so a text's width follows from its length. */
export const FONT_SIZE = 12;
export const CHARACTER_WIDTH = 7.25;
export const LINE_HEIGHT = 17;
export const STATE = { titleHeight: 28, padding: 10, titleScale: 13 / FONT_SIZE };
export const EDGE_LABEL = { padding: 3 };
