// Two records: 1, 2 and 3 press the buttons, the arrows take every field from one side.
"use strict";
{
  const form = document.querySelector("[data-pair]");
  const typing = (target) => target.closest("input:not([type=radio]), textarea, select, [contenteditable]");
  const take = (side) => form.querySelectorAll(`[data-side=${side}]`).forEach((box) => { box.checked = true; });
  const SIDES = { ArrowLeft: "left", ArrowRight: "right" };
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
    // On a choice, the arrows move between its two sides, as everywhere.
    if (SIDES[event.key] && !event.target.matches("[type=radio]")) take(SIDES[event.key]);
    else form.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
  };
  if (form) {
    document.addEventListener("keydown", press);
    for (const words of form.querySelectorAll("[data-keys]")) words.hidden = false;
  }
}
