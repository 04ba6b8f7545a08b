/* Draws a procedure from its diagram, with what the list beside it says of each step. */
(() => {
  "use strict";
  const COLOURS = { defaultFillColor: "var(--k-raised)", defaultStrokeColor: "var(--k-text-2)", defaultLabelColor: "var(--k-text)" };
  const SMALLEST = 0.5;
  const SIGNS = { waiting: "\u25D0", passed: "\u2713", failed: "!", faulty: "!" };

  const badge = (text, stand) => {
    const made = document.createElement("span");
    made.className = "p-badge";
    made.dataset.stand = stand;
    made.textContent = [SIGNS[stand], text].filter(Boolean).join(" ");
    return made;
  };

  async function draw(section) {
    const board = section.querySelector("[data-board]");
    const container = section.querySelector("[data-canvas]");
    const steps = new Map([...section.querySelectorAll("[data-element]")].map((step) => [step.dataset.element, step]));
    const answer = await fetch(section.dataset.xml, { headers: { Accept: "application/xml" } });
    if (!answer.ok) return;
    board.hidden = false;
    const viewer = new window.BpmnJS({ container, bpmnRenderer: COLOURS, zoomScroll: { enabled: false } });
    try {
      await viewer.importXML(await answer.text());
    } catch {
      board.hidden = true;
      section.querySelector("[data-undrawn]").hidden = false;
      return;
    }
    const canvas = viewer.get("canvas");
    const overlays = viewer.get("overlays");
    const registry = viewer.get("elementRegistry");
    label(container);
    fit(viewer, steps);
    for (const [name, step] of steps) {
      const element = registry.get(name);
      if (!element) continue;
      const { stand, heat, badge: text } = step.dataset;
      if (stand) canvas.addMarker(name, `p-at-${stand}`);
      if (heat !== "0") canvas.addMarker(name, `p-heat-${heat}`);
      if ((text || stand) && !element.waypoints) overlays.add(name, { position: { top: -10, right: 14 }, html: badge(text, stand) });
    }
    connect(section, viewer, steps);
    section.dataset.drawn = "";
  }

  function label(container) {
    const svg = container.querySelector("svg");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", container.dataset.label);
  }

  // The whole in sight with some air around it, never larger than it was drawn; where that would
  // be too small to read (a phone), readable, and at what matters.
  function fit(viewer, steps, whole) {
    const canvas = viewer.get("canvas");
    canvas.zoom("fit-viewport", "auto");
    canvas.zoom(Math.min(1, canvas.zoom() * 0.95), "auto");
    if (whole || canvas.zoom() >= SMALLEST) return;
    canvas.zoom(SMALLEST, "auto");
    const first = [...steps.values()].find((step) => /waiting|failed/.test(step.dataset.stand)) || steps.values().next().value;
    const element = first && viewer.get("elementRegistry").get(first.dataset.element);
    if (element) canvas.scrollToElement(element, 80);
  }

  function connect(section, viewer, steps) {
    const canvas = viewer.get("canvas");
    let chosen = null;
    const choose = (name) => {
      if (chosen) { canvas.removeMarker(chosen, "p-chosen"); steps.get(chosen)?.classList.remove("p-chosen"); }
      chosen = viewer.get("elementRegistry").get(name) ? name : null;
      if (chosen) canvas.addMarker(chosen, "p-chosen");
      steps.get(name)?.classList.add("p-chosen");
    };
    viewer.get("eventBus").on("element.click", ({ element }) => {
      const step = steps.get(element.labelTarget?.id || element.id);
      if (!step) return;
      choose(step.dataset.element);
      const link = step.querySelector("a");
      if (link) link.click();
      else { step.scrollIntoView({ block: "nearest" }); step.querySelector("[tabindex]")?.focus({ preventScroll: true }); }
    });
    for (const [name, step] of steps) {
      step.addEventListener("pointerenter", () => choose(name));
      step.addEventListener("focusin", () => choose(name));
    }
    section.addEventListener("click", (event) => {
      const how = event.target.closest("[data-zoom]")?.dataset.zoom;
      if (how === "fit") fit(viewer, steps, true);
      else if (how) viewer.get("zoomScroll").stepZoom(how === "in" ? 1 : -1);
    });
  }

  document.querySelectorAll("[data-drawing]").forEach(draw);
})();
