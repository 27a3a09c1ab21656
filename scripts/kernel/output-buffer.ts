/** Gathers what a cell prints into few messages: a socket drops what overflows its queue, and a loop can print faster. */

export type Stream = "stdout" | "stderr";

/** A cell that prints and never awaits still shows its output this often. */
const flushMilliseconds = 100;

export class OutputBuffer {
  private name: Stream = "stdout";
  private text = "";
  private sent = 0;
  private scheduled = false;

  constructor(
    private readonly send: (name: Stream, text: string) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  add(name: Stream, text: string): void {
    if (name !== this.name) this.flush(); // keeps the order between the two
    this.name = name;
    this.text += text;
    if (this.now() - this.sent > flushMilliseconds) this.flush();
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  flush(): void {
    if (this.text === "") return;
    this.send(this.name, this.text);
    this.text = "";
    this.sent = this.now();
  }
}
