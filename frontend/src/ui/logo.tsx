/** The mark: an arch with its door opened. Decorative; the name stands beside it. */
export function LogoMark({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="var(--mantine-color-laut-7)" />
      <path d="M8 26V14a8 8 0 0 1 16 0v12" fill="none" stroke="#fff" strokeWidth="2.4" />
      <path d="M13 26V15l7-2.5V26" fill="var(--mantine-color-kunyit-4)" />
      <path d="M5.5 26h21" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" />
    </svg>
  );
}
