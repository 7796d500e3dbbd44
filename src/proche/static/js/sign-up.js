// Once a region is chosen, only its places are suggested; without this script, all of them are.
"use strict";
{
  const region = document.querySelector("select[name=region]");
  const places = document.getElementById("places");
  if (region && places) {
    const all = [...places.options];
    const narrow = () => places.replaceChildren(...all.filter((place) => !region.value || place.dataset.region === region.value));
    region.addEventListener("change", narrow);
    window.addEventListener("pageshow", narrow);
    narrow();
  }
}
