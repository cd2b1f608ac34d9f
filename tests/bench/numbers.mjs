/** The middle of some numbers; the mean of the two middle ones when they are even in number. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return Number.isInteger(half) ? (sorted[half - 1] + sorted[half]) / 2 : sorted[Math.floor(half)];
}

/** The value below which `percent` of the sorted `values` are. */
export function percentile(values, percent) {
  return values[Math.min(values.length - 1, Math.floor((values.length * percent) / 100))];
}
