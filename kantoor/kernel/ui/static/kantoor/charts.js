/* Draws the charts of a page from the JSON beside them; the table behind each is one press away. */
(() => {
  "use strict";
  const root = document.documentElement;
  // A token's colour as the browser computes it, for a canvas that knows no variables.
  const probe = document.body.appendChild(document.createElement("i"));
  probe.hidden = true;
  const colour = (name) => {
    probe.style.color = `var(--k-${name})`;
    return getComputedStyle(probe).color;
  };
  const drawn = new Map();

  const words = (data, minor, compact) => {
    const options = compact ? { notation: "compact", maximumSignificantDigits: 3 } : { minimumFractionDigits: data.exponent, maximumFractionDigits: data.exponent };
    return new Intl.NumberFormat(root.lang === "en" ? "en-GB" : root.lang, options).format(minor / 10 ** data.exponent).replace("-", "\u2212");
  };

  // Direct labels: the last value of a line at its end; each bar its own, where there is room.
  const labels = (data) => ({
    id: "labels",
    afterDatasetsDraw(chart) {
      const { ctx, data: { datasets } } = chart;
      ctx.save();
      ctx.font = "500 11px Inter, sans-serif";
      datasets.forEach((set, place) => {
        const points = chart.getDatasetMeta(place).data;
        const shown = data.kind === "line" ? points.slice(-1) : points;
        const widest = Math.max(...set.data.map((value) => (value === null ? 0 : ctx.measureText(words(data, value, true)).width)));
        if (data.kind === "bar" && points.length && widest > points[0].width + 4) return;
        ctx.fillStyle = colour("text-2");
        shown.forEach((point, index) => {
          const value = set.data[data.kind === "line" ? set.data.length - 1 : index];
          if (value === null || point.skip) return;
          ctx.textAlign = data.kind === "line" ? "left" : "center";
          ctx.fillText(words(data, value, true), point.x + (data.kind === "line" ? 7 : 0), point.y + (data.kind === "line" ? 4 : value < 0 ? 13 : -5));
        });
      });
      ctx.restore();
    },
  });

  const dataset = (data, series) => ({
    label: series.name,
    data: series.values,
    borderColor: colour(`ink-${series.colour}`),
    backgroundColor: colour(`ink-${series.colour}`),
    borderWidth: data.kind === "line" ? 2 : 0,
    borderRadius: 2,
    pointRadius: 0,
    pointHitRadius: 12,
    borderDash: data.kind === "line" && series.colour === "quiet" ? [4, 3] : [],
    maxBarThickness: 34,
    categoryPercentage: 0.7,
    barPercentage: 0.92,
  });

  const axes = (data) => {
    const ticks = { color: colour("text-3"), font: { family: "Inter, sans-serif", size: 11 } };
    return {
      x: { grid: { display: false }, border: { color: colour("line-2") }, ticks: { ...ticks, maxRotation: 0, autoSkip: data.labels.length > 6, autoSkipPadding: 12 } },
      y: { beginAtZero: true, border: { display: false }, grid: { color: colour("line"), drawTicks: false }, ticks: { ...ticks, maxTicksLimit: 5, padding: 8, callback: (value) => words(data, value, true) } },
    };
  };

  function draw(figure) {
    const data = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    const box = figure.querySelector(".k-canvas");
    const table = figure.querySelector(".k-chart-table");
    const turn = figure.querySelector(".k-chart-switch");
    drawn.get(figure)?.destroy();
    if (!drawn.has(figure)) {
      box.hidden = false;
      table.hidden = true;
      turn.hidden = false;
      turn.addEventListener("click", () => {
        table.hidden = !table.hidden;
        box.hidden = !table.hidden;
        turn.setAttribute("aria-pressed", String(!table.hidden));
      });
    }
    drawn.set(figure, new window.Chart(figure.querySelector("canvas"), {
      type: data.kind,
      data: { labels: data.labels, datasets: data.series.map((series) => dataset(data, series)) },
      options: {
        animation: false,
        maintainAspectRatio: false,
        interaction: { mode: "index", intersect: false },
        layout: { padding: { top: 14, right: data.kind === "line" ? 40 : 0 } },
        plugins: {
          legend: { display: false },
          tooltip: { backgroundColor: colour("raised"), titleColor: colour("text"), bodyColor: colour("text"), borderColor: colour("line-2"), borderWidth: 1, padding: 10, boxWidth: 8, boxHeight: 8, callbacks: { label: (item) => ` ${item.dataset.label}  ${words(data, item.raw)}` } },
        },
        scales: axes(data),
      },
      plugins: [labels(data)],
    }));
  }

  const drawAll = () => document.querySelectorAll("figure[data-chart]").forEach(draw);
  document.addEventListener("kantoor:theme", drawAll);
  document.addEventListener("kantoor:charts", drawAll);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  // On paper a chart is drawn in the colours of paper.
  window.addEventListener("beforeprint", drawAll);
  drawAll();
})();
