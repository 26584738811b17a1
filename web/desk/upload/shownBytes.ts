/** `1.2 MB` */
export function shownBytes(bytes: number): string {
  const [unit, size] = bytes < 1000 ? ['bytes', 1] : bytes < 1e6 ? ['kB', 1000] : ['MB', 1e6];
  return `${(bytes / Number(size)).toLocaleString(undefined, { maximumFractionDigits: 1 })} ${unit}`;
}
