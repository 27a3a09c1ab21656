/** A number for each window and class, in one array: logits, or probabilities. */

export interface ClassTable {
  readonly windows: number;
  readonly classes: number;
  /** [window, class] */
  readonly values: Float64Array;
}

/** @param rows [window, class], all of one length; float32 rows keep their values */
export function classTable(rows: readonly ArrayLike<number>[]): ClassTable {
  const classes = rows[0]?.length ?? 0;
  const values = new Float64Array(rows.length * classes);
  rows.forEach((row, i) => {
    if (row.length !== classes)
      throw new Error(
        `classTable: window ${i}: expected ${classes} classes, got ${row.length}; take all rows from one model`,
      );
    values.set(row, i * classes);
  });
  return { windows: rows.length, classes, values };
}

/** [class], a view. */
export const rowOf = ({ classes, values }: ClassTable, window: number): Float64Array =>
  values.subarray(window * classes, (window + 1) * classes);

/** These windows, in this order. */
export function pickWindows(table: ClassTable, chosen: ArrayLike<number>): ClassTable {
  const { classes } = table;
  const values = new Float64Array(chosen.length * classes);
  for (let i = 0; i < chosen.length; i++) values.set(rowOf(table, chosen[i]!), i * classes);
  return { windows: chosen.length, classes, values };
}

/** One below the other. */
export function stackTables(tables: readonly ClassTable[]): ClassTable {
  const classes = tables.find(({ windows }) => windows > 0)?.classes ?? 0;
  const windows = tables.reduce((sum, table) => sum + table.windows, 0);
  const values = new Float64Array(windows * classes);
  let at = 0;
  for (const table of tables) {
    values.set(table.values, at);
    at += table.values.length;
  }
  return { windows, classes, values };
}

/** @throws unless there is a class id of the table for each of its windows; `who` names the function that asks */
export function checkLabels(who: string, table: ClassTable, labels: ArrayLike<number>): void {
  if (labels.length !== table.windows)
    throw new Error(
      `${who}: expected a label for each of ${table.windows} windows, got ${labels.length}; take both from the same windows`,
    );
  for (let i = 0; i < labels.length; i++)
    if (!(labels[i]! >= 0 && labels[i]! < table.classes && Number.isInteger(labels[i])))
      throw new Error(
        `${who}: window ${i}: expected a class id below ${table.classes}, got ${labels[i]}; use the ids of one space`,
      );
}
