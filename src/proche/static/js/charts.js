// Vega-Lite drawings in the page's own colours and language, drawn again when the theme changes.
"use strict";
{
  const probe = (name) => {
    const spot = document.createElement("span");
    spot.className = `chart-ink ${name}`;
    document.body.append(spot);
    const colour = getComputedStyle(spot).color;
    spot.remove();
    return colour;
  };
  const look = () => {
    const text = probe("ink-text"), line = probe("ink-line"), axis = probe("ink-axis");
    const font = "Figtree, system-ui, sans-serif";
    const words = { labelColor: text, titleColor: text, labelFont: font, titleFont: font, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 400 };
    return {
      background: null,
      font,
      range: { category: ["ink-1", "ink-2-chart", "ink-3-chart", "ink-4-chart", "ink-5-chart"].map(probe) },
      axisX: { grid: false },
      axis: { ...words, gridColor: line, domainColor: axis, tickColor: axis, domain: false, ticks: false, labelPadding: 8 },
      legend: words,
      header: words,
      title: { color: text, font, fontWeight: 400, fontSize: 13, anchor: "start" },
      text: { color: text, font, fontSize: 12 },
      rule: { color: axis },
      line: { strokeWidth: 2.2 },
      point: { size: 60, filled: true },
      view: { stroke: null },
    };
  };
  const french = {
    number: { decimal: ",", thousands: "\u00a0", grouping: [3], currency: ["", "\u00a0$"], percent: "\u00a0%", minus: "\u2212" },
    time: {
      dateTime: "%A %e %B %Y, %X", date: "%Y-%m-%d", time: "%H:%M:%S", periods: ["", ""],
      days: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
      shortDays: ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
      months: ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
      shortMonths: ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."],
    },
  };
  // A spec names colours by role ("chart-1" our members, "chart-2" star, "chart-5" control).
  const inked = (text) => {
    const named = { "chart-1": "ink-1", "ink-2": "ink-text" };
    for (const n of [2, 3, 4, 5]) named[`chart-${n}`] = `ink-${n}-chart`;
    return JSON.parse(text, (key, value) => (typeof value === "string" && Object.hasOwn(named, value) ? probe(named[value]) : value));
  };
  const draw = async (place) => {
    const spec = inked(document.getElementById(place.dataset.chart).textContent);
    const locale = document.documentElement.lang.startsWith("fr")
      ? { formatLocale: french.number, timeFormatLocale: french.time }
      : {};
    const config = { ...look(), ...locale };
    place.view?.finalize();
    // ast: true evaluates expressions without `eval`, which the page's policy forbids.
    const drawn = await vegaEmbed(place, { width: "container", ...spec, config: undefined }, {
      ast: true, renderer: "svg", actions: false, defaultStyle: false, config, tooltip: { disableDefaultStyle: true },
      ...locale,
    });
    place.view = drawn.view;
  };
  const drawAll = () => document.querySelectorAll("[data-chart]").forEach(draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  document.addEventListener("htmx:load", (event) => event.target.querySelectorAll?.("[data-chart]").forEach(draw));
  drawAll();
}
