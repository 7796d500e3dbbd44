// A group of boxes: "check all" and how many are chosen. The bulk bar itself comes and goes by CSS.
"use strict";
{
  const refresh = (group) => {
    const boxes = [...group.querySelectorAll("input[type=checkbox][data-check]:not(:disabled)")];
    const chosen = boxes.filter((box) => box.checked).length;
    for (const all of group.querySelectorAll("[data-check-all]")) {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    for (const count of group.querySelectorAll("[data-chosen]")) count.textContent = chosen;
  };
  const start = () => document.querySelectorAll("[data-check-group]").forEach(refresh);
  document.addEventListener("change", (event) => {
    const group = event.target.closest("[data-check-group]");
    if (!group) return;
    if (event.target.matches("[data-check-all]"))
      for (const box of group.querySelectorAll("input[data-check]:not(:disabled)")) box.checked = event.target.checked;
    refresh(group);
  });
  document.addEventListener("htmx:load", start);
  window.addEventListener("pageshow", start);
  start();
}
