/** HTML with every value escaped: html`<b>${text}</b>`; a piece of HTML inside another stays as it is. */

export class Html {
  constructor(readonly text: string) {}
}

type Value = string | number | Html | undefined | readonly Html[];

export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const insert = (value: Value): string => {
    if (value === undefined) return "";
    if (value instanceof Html) return value.text;
    if (typeof value === "object") return value.map(insert).join("\n");
    return escapeHtml(String(value));
  };
  return new Html(parts.map((part, i) => part + (i < values.length ? insert(values[i]) : "")).join(""));
}

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
