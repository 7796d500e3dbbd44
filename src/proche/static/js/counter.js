// How many characters are left: <textarea data-count="n" maxlength> with <p class="counter" id="n">.
"use strict";
{
  const show = (field) => {
    const place = document.getElementById(field.dataset.count);
    if (!place) return;
    const used = [...field.value].length;
    const most = Number(place.dataset.most || field.maxLength);
    place.textContent = most > 0 ? `${used} / ${most}` : String(used);
    place.classList.toggle("counter-over", most > 0 && used > most);
  };
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-count]")) show(event.target);
  });
  document.querySelectorAll("[data-count]").forEach(show);
}
