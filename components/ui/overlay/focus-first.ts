/** On opening: the first field, else the layer itself; never the close button, whose tooltip would pop up. */
export function focusFirst(event: Event) {
  const layer = event.currentTarget;
  if (!(layer instanceof HTMLElement)) return;
  event.preventDefault();
  const field = layer.querySelector<HTMLElement>(
    "input:not([disabled]):not([type=hidden]), textarea:not([readonly]), [role=combobox]:not([disabled])",
  );
  (field ?? layer).focus({ preventScroll: true });
}
