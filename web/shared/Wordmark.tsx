export function Wordmark() {
  return (
    <>
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <path class="main" d="M5 9h5v16H5zM11.500 5H17v20h-5.500z" />
        <path class="deep" d="M18.600 10.200l4.600-1.700 5.600 15-4.700 1.700z" />
        <path class="ink" d="M2 27.500h28" />
      </svg>
      <span>Shelfwright</span>
    </>
  );
}
