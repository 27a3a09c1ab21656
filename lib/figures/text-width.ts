/** How wide a text will be, so that labels are laid out, dropped or shortened by their true size. */
import { readFileSync } from "node:fs";
import { Resvg, type ResvgRenderOptions } from "@resvg/resvg-js";

const regular = require.resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf");
const semiBold = require.resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf");
[regular, semiBold].forEach((file) => readFileSync(file).subarray(0, 1)); // resvg skips a font that it cannot read, and all text with it

/** The project's own font and no other, so that a picture is the same on every machine. */
export const fonts: NonNullable<ResvgRenderOptions["font"]> = {
  loadSystemFonts: false,
  fontFiles: [regular, semiBold],
  defaultFontFamily: "Inter",
  sansSerifFamily: "Inter",
};

const advances = new Map<string, number>();

/** Width of `text` in pixels: the sum of its characters' advances, kerning aside. */
export function textWidth(text: string, fontSize: number, bold: boolean): number {
  let width = 0;
  for (const character of text) {
    const key = `${bold ? 600 : 400}${character}`;
    if (!advances.has(key)) advances.set(key, inked(`H${character}H`, bold) - inked("HH", bold));
    width += advances.get(key)!;
  }
  return width * fontSize;
}

/** Width of the ink in units of the font size; a space has none, hence the H on either side above. */
function inked(text: string, bold: boolean): number {
  const escaped = text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="2000"><text x="0" y="1000" font-size="1000" ` +
    `font-family="Inter" font-weight="${bold ? 600 : 400}" xml:space="preserve">${escaped}</text></svg>`;
  const box = new Resvg(svg, { font: fonts }).getBBox();
  if (!box) throw new Error(`textWidth: expected ink for "${text}", got none; reinstall the font: npm ci`);
  return box.width / 1000;
}
