/** One mail, as labelled and as judged. */
export interface Judgement {
  id: string;
  expected: string;
  found: string;
}

export interface ClassFigures {
  name: string;
  count: number;
  /** Of the mails judged to be of this class, the share that is; NaN when none was. */
  precision: number;
  /** Of the mails of this class, the share that was found; NaN when there is none. */
  recall: number;
}

export function accuracyOf(judgements: readonly Judgement[]): number {
  return judgements.filter(({ expected, found }) => expected === found).length / judgements.length;
}

export function figuresOf(classes: readonly string[], judgements: readonly Judgement[]): ClassFigures[] {
  const matrix = confusionOf(classes, judgements);
  return classes.map((name, index) => {
    const right = matrix[index]![index]!;
    const count = sum(matrix[index]!);
    return { name, count, precision: right / sum(matrix.map((row) => row[index]!)), recall: right / count };
  });
}

/** `[expected][found]`, in the order of `classes`. */
export function confusionOf(classes: readonly string[], judgements: readonly Judgement[]): number[][] {
  return classes.map((expected) =>
    classes.map((found) => judgements.filter((one) => one.expected === expected && one.found === found).length),
  );
}

export function renderFigures(classes: readonly string[], judgements: readonly Judgement[]): string {
  const rows = figuresOf(classes, judgements).map(({ name, count, precision, recall }) => [name, String(count), percent(precision), percent(recall)]);
  return table([['class', 'mails', 'precision', 'recall'], ...rows]);
}

export function renderConfusion(classes: readonly string[], judgements: readonly Judgement[]): string {
  const rows = confusionOf(classes, judgements).map((row, index) => [classes[index]!, ...row.map(String)]);
  return table([['is \\ judged', ...classes], ...rows]);
}

export const percent = (value: number) => (Number.isNaN(value) ? '-' : `${(100 * value).toFixed(1)}%`);

function table(rows: readonly string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: string[]) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]! + 2))).join('');
  return rows.map(line).join('\n');
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
