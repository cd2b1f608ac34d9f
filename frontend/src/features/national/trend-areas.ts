/** A month with the number of districts in each phase at its end. */
export interface Month {
  month: string;
  districts: number[];
}

export interface Box {
  width: number;
  height: number;
}

/**
 * The areas of a stacked chart, one for each phase, those that went furthest at the bottom: paths in a
 * box. A phase holds from month to month, so each month is a step.
 */
export function trendAreas(months: Month[], phases: number, box: Box): string[] {
  const top = Math.max(1, ...months.map(({ districts }) => districts.reduce((a, b) => a + b, 0)));
  const x = (index: number) => (index / Math.max(1, months.length)) * box.width;
  const y = (count: number) => box.height - (count / top) * box.height;
  const from = (month: Month, phase: number) =>
    month.districts.slice(phase).reduce((sum, count) => sum + count, 0);
  const edge = (phase: number) =>
    months.flatMap((month, index) => {
      const height = y(from(month, phase)).toFixed(1);
      return [`${x(index).toFixed(1)},${height}`, `${x(index + 1).toFixed(1)},${height}`];
    });
  return Array.from({ length: phases }, (_, phase) => {
    const line = edge(phase);
    const below = edge(phase + 1).reverse();
    return line.length === 0 ? "" : `M${line.join("L")}L${below.join("L")}Z`;
  });
}

/** The last month of each year, and the last of all: what a table of many years shows. */
export function yearEnds<M extends Month>(months: M[]): M[] {
  return months.filter(
    ({ month }, index) => month.endsWith("-12-01") || index === months.length - 1,
  );
}

/** The months worth a mark on the axis: each January, thinned until `most` are left. */
export function yearMarks(months: Month[], most: number): { index: number; year: string }[] {
  const januaries = months
    .map(({ month }, index) => ({ index, year: month.slice(0, 4), first: month.slice(5, 7) }))
    .filter(({ first }) => first === "01");
  const every = Math.max(1, Math.ceil(januaries.length / most));
  return januaries.filter((_, place) => place % every === 0);
}
