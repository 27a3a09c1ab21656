/** Old and new text side by side, line by line, changed lines marked. */
import { type Html, html } from "./html";

/** More lines than this of one cell are cut: the notebook itself is a click away. */
const most = 40;

export function changedLines(old: string, fresh: string): Html {
  const [a, b] = [old, fresh].map((text) => text.replace(/\n$/, "").split("\n"));
  const rows = Array.from(
    { length: Math.max(a!.length, b!.length) },
    (_, i) => [a![i] ?? "", b![i] ?? ""] as const,
  );
  const shown = rows.filter(([x, y]) => x !== y).slice(0, most);
  const left = rows.filter(([x, y]) => x !== y).length - shown.length;
  return html`<div class="scroll">
      <table class="lines">
        <thead>
          <tr>
            <th scope="col">committed</th>
            <th scope="col">this run</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map(
            ([x, y]) =>
              html`<tr>
                <td><del>${x}</del></td>
                <td><ins>${y}</ins></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${left > 0 ? html`<p>and ${left} more lines</p>` : undefined}`;
}
