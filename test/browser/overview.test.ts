import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { writeOverview } from "../../scripts/page/overview";
import { newPlace, ran, recordOf, writeFigure, writeNotebook } from "../run/place";
import { openBrowser, skip } from "./chromium";

const pictures = "build/browser-test";
let browser: Browser;
before(async () => {
  if (!skip) browser = await openBrowser();
});
after(() => browser?.close());

/** Four notebooks and five figures, one of each kind of answer. */
function prepare(): { root: string; url: string } {
  const root = newPlace();
  const places = { root, notebooks: join(root, "notebooks"), build: join(root, "build") };
  const notebook = (name: string, old: string[], fresh: string[]): void => {
    writeNotebook(join(places.notebooks, `${name}.ipynb`), ["1"], old);
    writeNotebook(join(places.build, "notebooks", `${name}.ipynb`), ["1"], fresh);
    writeFileSync(join(places.build, "notebooks", `${name}.html`), `<!doctype html><title>${name}</title>`);
  };
  notebook("00-same", ["0.5\n"], ["0.5\n"]);
  notebook("01-near", ["0.50000\n"], ["0.50001\n"]);
  notebook("02-other", ["hand 0.5\nchest <b>0.6</b>\n"], ["hand 0.5\nchest <b>0.7</b>\n"]);
  notebook("03-failed", ["1\n"], []);
  const figure = (name: string, old: number | undefined, now: number | undefined): void => {
    if (old !== undefined) writeFigure(join(root, "figures"), name, old);
    if (now !== undefined) writeFigure(join(places.build, "figures"), name, now);
  };
  figure("00-same", 1, 1);
  figure("01-near", 1, 1.00001);
  figure("02-other", 1, 2);
  figure("03-new", undefined, 1);
  figure("04-gone", 1, undefined);
  const error = { cell: 1, ename: "RangeError", evalue: "no <good>", traceback: ["RangeError: no <good>"] };
  const names = ["00-same", "01-near", "02-other"];
  const page = writeOverview(
    places,
    recordOf(...names.map((n) => ran(root, n, [n])), ran(root, "03-failed", [], error)),
  );
  return { root, url: pathToFileURL(page).href };
}

async function open(
  url: string,
  colorScheme: "light" | "dark",
  width: number,
): Promise<{ page: Page; complaints: string[]; fetched: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const [complaints, fetched]: [string[], string[]] = [[], []];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("request", (request) => !request.url().startsWith("data:") && fetched.push(request.url()));
  await page.goto(url);
  return { page, complaints, fetched };
}

test(
  "the overview shows what ran, what is equal, and what differs side by side",
  { skip, timeout: 60_000 },
  async () => {
    const { root, url } = prepare();
    const { page, complaints, fetched } = await open(url, "light", 1200);
    try {
      const badges = async (part: string): Promise<string[]> =>
        page.locator(`#${part} .badge`).allInnerTexts();
      assert.deepEqual(await badges("\\30 0-same"), ["ran", "numbers: equal"]);
      assert.deepEqual(await badges("\\30 1-near"), ["ran", "numbers: within tolerance"]);
      assert.deepEqual(await badges("\\30 2-other"), ["ran", "numbers: different"]);
      assert.deepEqual(await badges("\\30 3-failed"), ["failed", "numbers: different"]);
      assert.equal(await page.locator("#\\30 2-other del").innerText(), "chest <b>0.6</b>");
      assert.equal(await page.locator("#\\30 2-other ins").innerText(), "chest <b>0.7</b>");
      assert.match(await page.locator("#\\30 3-failed pre").innerText(), /RangeError: no <good>/);
      const states = ["equal", "within tolerance", "different", "new", "gone"];
      for (const [i, name] of ["00-same", "01-near", "02-other", "03-new", "04-gone"].entries())
        assert.deepEqual(await badges(`figure-${name}`), [states[i]]);
      const images = page.locator("img");
      assert.equal(await images.count(), 1 + 2 + 2 + 1 + 1);
      for (const image of await images.all()) {
        await image.scrollIntoViewIfNeeded(); // pictures are loaded as they come into view
        assert.ok(
          await image.evaluate(
            (x: { complete: boolean; naturalWidth: number }) => x.complete && x.naturalWidth > 0,
          ),
          "a picture is not drawn",
        );
        assert.match((await image.getAttribute("alt")) ?? "", /^A value of [\d.]+ & more\.$/);
      }
      await page.getByRole("link", { name: "02-other" }).click();
      assert.equal(await page.title(), "02-other");
      assert.deepEqual(complaints, []);
      assert.deepEqual(
        fetched.filter((address) => !address.startsWith("file:")),
        [],
      );
    } finally {
      await page.close();
      rmSync(root, { recursive: true });
    }
  },
);

test("the overview fits a telephone, light and dark", { skip, timeout: 60_000 }, async () => {
  const { root, url } = prepare();
  mkdirSync(pictures, { recursive: true });
  try {
    for (const scheme of ["light", "dark"] as const) {
      const { page } = await open(url, scheme, 390);
      const wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      assert.equal(await page.evaluate(wide), 0, "the page scrolls sideways");
      await page.screenshot({ path: `${pictures}/overview-${scheme}.png`, fullPage: true });
      await page.close();
    }
  } finally {
    rmSync(root, { recursive: true });
  }
});
