// The board of applications by drag and by keyboard. Both tick cards and press the buttons of the
// form, which a page then shows before anything is sent.
"use strict";
{
  const board = document.querySelector("[data-board]");
  const columns = board ? [...board.querySelectorAll("[data-column]")] : [];
  const cards = (column) => [...column.querySelectorAll("[data-card]")];
  const box = (card) => card?.querySelector("input[data-check]");
  const tick = (one, on) => {
    one.checked = on;
    one.dispatchEvent(new Event("change", { bubbles: true }));
  };
  // A ticked card brings the others along; another one is chosen alone.
  const choose = (card) => {
    const own = box(card);
    if (own && !own.checked) {
      for (const other of board.querySelectorAll("input[data-check]:checked")) tick(other, false);
      tick(own, true);
    }
    return Boolean(own);
  };
  const act = (card, name) => {
    if (choose(card)) board.requestSubmit(board.querySelector(`button[name=geste][value=${name}]`));
  };

  const focus = (card) => {
    for (const one of board.querySelectorAll("[data-card]")) one.tabIndex = one === card ? 0 : -1;
    card.focus();
  };
  const beside = (card, by) => {
    const here = columns.findIndex((column) => column.contains(card));
    const row = cards(columns[here]).indexOf(card);
    for (let at = here + by; columns[at]; at += by) {
      const there = cards(columns[at]);
      if (there.length) return there[Math.min(row, there.length - 1)];
    }
    return null;
  };
  const below = (card, by) => {
    const all = cards(card.closest("[data-column]"));
    return all[all.indexOf(card) + by];
  };
  const MOVES = {
    ArrowUp: (card) => below(card, -1),
    ArrowDown: (card) => below(card, 1),
    ArrowLeft: (card) => beside(card, -1),
    ArrowRight: (card) => beside(card, 1),
  };
  const ACTS = { a: "accept", q: "ask", d: "ask", t: "answered", r: "refuse" };
  const keys = document.querySelector("[data-keys]");

  board?.addEventListener("keydown", (event) => {
    const card = event.target;
    // Letters act on a card in focus only, never on a field or a link within it.
    if (!card.matches("[data-card]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = MOVES[event.key]?.(card);
    if (event.key in MOVES) {
      if (next) focus(next);
    } else if (event.key in ACTS) act(card, ACTS[event.key]);
    else if (event.key === "x") {
      if (box(card)) tick(box(card), !box(card).checked);
    } else if (event.key === "Enter") card.querySelector("a[href]").click();
    else if (event.key === "?") {
      keys.open = true;
      keys.querySelector("summary").focus();
    } else return;
    event.preventDefault();
  });

  let dragged = null;
  const takes = (column) => dragged && column.dataset.takes.split(" ").includes(dragged.dataset.card);
  for (const column of columns) {
    column.addEventListener("dragover", (event) => {
      if (!takes(column)) return;
      event.preventDefault();
      column.classList.add("column-takes");
    });
    column.addEventListener("dragleave", (event) => {
      if (!column.contains(event.relatedTarget)) column.classList.remove("column-takes");
    });
    column.addEventListener("drop", (event) => {
      if (!takes(column)) return;
      event.preventDefault();
      act(dragged, column.dataset.act);
    });
  }
  for (const card of board?.querySelectorAll("[data-card]") ?? []) {
    if (!box(card)) continue;
    card.draggable = true;
    card.addEventListener("dragstart", (event) => {
      dragged = card;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
    });
    card.addEventListener("dragend", () => {
      dragged = null;
      for (const column of columns) column.classList.remove("column-takes");
    });
  }
  const first = board?.querySelector("[data-card]");
  if (first) first.tabIndex = 0;
}
