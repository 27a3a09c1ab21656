import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { numberScanner } from "fusion/dist/data/number-scanner";

const names = ["a", "b", "c"];
const layout = {
  names,
  keep: { a: "float64", c: "float32" },
  who: "read: x.dat",
  remedy: "mend it",
} as const;

/** Scans the text in pieces of `size` bytes, each in the same buffer, as a file is read. */
function scan(text: string, size = 1 << 20): Record<string, number[]> {
  const scanner = numberScanner(layout);
  const bytes = Buffer.from(text);
  const buffer = Buffer.alloc(Math.min(size, bytes.length));
  for (let at = 0; at < bytes.length; at += size)
    scanner.push(buffer.subarray(0, bytes.copy(buffer, 0, at, at + size)));
  return Object.fromEntries(Object.entries(scanner.finish()).map(([name, values]) => [name, [...values]]));
}

const digits = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(..."0123456789"), { minLength: 1, maxLength }).map((d) => d.join(""));
const exponent = fc.tuple(fc.constantFrom("e", "E", "e+", "e-"), digits(2)).map((parts) => parts.join(""));
const plain = fc
  .tuple(fc.constantFrom("", "-", "+"), digits(20), fc.constantFrom("", "."), digits(26), fc.option(exponent))
  .map(([sign, whole, dot, decimals, power]) => `${sign}${whole}${dot}${dot && decimals}${power ?? ""}`);
const short = fc
  .tuple(fc.constantFrom("", "-"), fc.constantFrom("", "0", "00"), digits(4), digits(6))
  .map(([sign, zeros, whole, decimals]) => `${sign}${zeros}${whole}.${zeros}${decimals}`);
const sensor = fc.double({ noDefaultInfinity: true, noNaN: true }).map((x) => String(Number(x.toPrecision(6))));
const exact = fc.double({ noDefaultInfinity: true, noNaN: true }).map(String);

test("a number is what Number(text) says, whatever its form, sign, zeros and length", () => {
  const decimal = fc.oneof(plain, short, sensor, exact);
  fc.assert(
    fc.property(fc.array(decimal, { minLength: 1, maxLength: 20 }), (texts) => {
      const { a, c } = scan(texts.map((text) => `${text} 0 ${text}\n`).join(""));
      assert.deepEqual(a, texts.map(Number)); // deepEqual tells -0 from 0
      assert.deepEqual(c, texts.map((text) => Math.fround(Number(text))));
    }),
    { seed: 1, numRuns: 3000 },
  );
});

test("numbers with many digits, signs in odd places, and half-written ones", () => {
  for (const text of ["-0", "0.000000000000000000000000000001", ".5", "5.", "123456789", "1234567890", "0.1234567891"])
    assert.deepEqual(scan(`${text} 0 1\n`).a, [Number(text)]);
  for (const text of ["", ".", "-", "-.", "1.2.3", "1-2", "e5", "1e", "0x10", "Infinity", "nan", "NaNs", "1,5"])
    assert.throws(() => scan(`1 2 3\n${text} 2 3\n`), {
      message: `read: x.dat, line 2: expected a number or NaN in column 0 (a), got "${text}"; mend it`,
    });
});

test("a text cut anywhere gives the same numbers", () => {
  const text = "1.25 x -3e2\n2.5 y NaN\r\n-4 z 0.001\n7 - 8"; // column b is counted, never read
  const whole = { a: [1.25, 2.5, -4, 7], c: [-300, NaN, Math.fround(0.001), 8] };
  for (let size = 1; size <= text.length; size++) assert.deepEqual(scan(text, size), whole);
});

test("blocks and chunks leave no seam", () => {
  const rows = Array.from({ length: 140_000 }, (_, i) => i);
  const { a, c } = scan(rows.map((i) => `${i} 0 ${i / 2}\n`).join(""), 100_003);
  assert.deepEqual(a, rows);
  assert.deepEqual(
    c,
    rows.map((i) => i / 2),
  );
});

test("every line is counted, kept columns or not", () => {
  const got = (line: string, count: number): void =>
    assert.throws(() => scan(`1 2 3\n4 5 6\n${line}\n7 8 9\n`), {
      message: `read: x.dat, line 3: expected 3 columns, got ${count}; mend it`,
    });
  got("1 2", 2);
  got("1 2 3 4", 4);
  got("1  2 3", 4);
  got("1 2 ", 2);
  got("", 0);
  assert.throws(() => scan("1 2 3\n1 2"), /line 2: expected 3 columns, got 2/);
  assert.throws(() => scan(""), { message: "read: x.dat: expected lines of 3 columns, got none; mend it" });
  assert.deepEqual(scan("1 2 3 \n").c, [3]);
});

test("a file without line ends is refused before it fills the memory", () => {
  assert.throws(() => scan("1".repeat(70_000)), /line 1: expected 3 columns, got 70000 bytes in a line/);
});
