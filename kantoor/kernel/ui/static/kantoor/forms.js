/* Comfort in forms: lines that grow, rows pasted from a spreadsheet, sums as one types, drafts that keep themselves. */
(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const language = document.documentElement.lang;

  // Lines
  const rowsOf = (lines) => all("tbody tr[data-line-row]", lines);
  const shown = (lines) => rowsOf(lines).filter((row) => !row.hidden);
  const cells = (row) => all("td:not([hidden]):not(.k-drop) :is(input:not([type=hidden]), select, textarea)", row);
  const total = (lines) => one(`[name="${lines.dataset.lines}-TOTAL_FORMS"]`, lines);

  function number(lines) {
    shown(lines).forEach((row, place) => { one(".k-nr", row).textContent = place + 1; });
    sum(lines);
  }
  function addLine(lines) {
    const place = Number(total(lines).value);
    const holder = document.createElement("tbody");
    holder.innerHTML = one("template[data-line]", lines).innerHTML.replaceAll("__prefix__", place);
    const row = holder.firstElementChild;
    one("tbody", lines).append(row);
    total(lines).value = place + 1;
    number(lines);
    return row;
  }
  // A figure in either notation, in minor units of two decimals; only for the sum on the page.
  function minor(text) {
    const plain = text.trim().replace("\u2212", "-").replace(/[^\d.,-]/g, "");
    const cut = Math.max(plain.lastIndexOf(","), plain.lastIndexOf("."));
    const sole = cut >= 0 && plain.length - cut === 4 && plain.indexOf(plain[cut]) === cut;
    const grouping = sole && plain[cut] === (language === "nl" ? "." : ",");
    if (cut < 0 || grouping) return Math.round(Number(plain.replace(/[.,]/g, "")) * 100) || 0;
    return Math.round(Number(`${plain.slice(0, cut).replace(/[.,]/g, "")}.${plain.slice(cut + 1)}`) * 100) || 0;
  }
  function sum(lines) {
    all("[data-sum-of]", lines).forEach((output) => {
      const name = output.dataset.sumOf;
      const whole = shown(lines).reduce((so_far, row) => so_far + minor(one(`[name$="-${name}"]`, row)?.value || ""), 0);
      output.value = new Intl.NumberFormat(language === "en" ? "en-GB" : language, { minimumFractionDigits: 2 }).format(whole / 100).replace("-", "\u2212");
    });
  }
  function fill(cell, text) {
    if (cell.tagName === "SELECT") {
      const words = text.trim().toLowerCase();
      const option = [...cell.options].find((o) => o.value.toLowerCase() === words || o.text.trim().toLowerCase() === words) || [...cell.options].find((o) => words && o.text.trim().toLowerCase().startsWith(words));
      if (option) cell.value = option.value;
    } else cell.value = text.trim();
    cell.dispatchEvent(new Event("change", { bubbles: true }));
  }
  // A cell in quotes may hold tabs and line ends; a doubled quote is a quote.
  function split(text) {
    const table = [[""]];
    let quoted = false;
    for (let i = 0; i < text.length; i += 1) {
      const c = text[i], row = table[table.length - 1];
      if (quoted) {
        if (c === '"' && text[i + 1] === '"') { row[row.length - 1] += '"'; i += 1; } else if (c === '"') quoted = false; else row[row.length - 1] += c;
      } else if (c === '"' && row[row.length - 1] === "") quoted = true;
      else if (c === "\t") row.push("");
      else if (c === "\n") table.push([""]);
      else if (c !== "\r") row[row.length - 1] += c;
    }
    return table.filter((row) => row.some((cell) => cell.trim()));
  }
  function paste(event) {
    const lines = event.target.closest?.("[data-lines]");
    const text = event.clipboardData?.getData("text/plain") || "";
    if (!lines || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const start = event.target.closest("tr");
    const column = cells(start).indexOf(event.target);
    let row = start;
    split(text).forEach((values, place) => {
      if (place > 0) row = shown(lines)[shown(lines).indexOf(row) + 1] || addLine(lines);
      values.forEach((value, offset) => { const cell = cells(row)[column + offset]; if (cell) fill(cell, value); });
    });
    number(lines);
  }
  document.addEventListener("paste", paste);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-add-line]");
    if (button) cells(addLine(button.closest("[data-lines]")))[0]?.focus();
  });
  document.addEventListener("change", (event) => {
    const row = event.target.closest?.(".k-drop") && event.target.closest("tr");
    if (!row) return;
    const lines = row.closest("[data-lines]");
    const next = shown(lines)[shown(lines).indexOf(row) + 1] || shown(lines)[shown(lines).indexOf(row) - 1];
    row.hidden = event.target.checked;
    (next ? cells(next)[0] : one("[data-add-line]", lines))?.focus();
    number(lines);
  });
  document.addEventListener("input", (event) => { const lines = event.target.closest?.("[data-lines]"); if (lines) sum(lines); });
  // Enter goes to the next line, and makes one under the last, instead of sending the form.
  document.addEventListener("keydown", (event) => {
    const lines = event.target.closest?.("[data-lines]");
    if (!lines || event.key !== "Enter" || event.ctrlKey || event.metaKey || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    const row = event.target.closest("tr"), column = cells(row).indexOf(event.target);
    const next = shown(lines)[shown(lines).indexOf(row) + 1] || addLine(lines);
    cells(next)[Math.max(0, column)]?.focus();
  });
  all("[data-lines]").forEach((lines) => {
    all("[data-add-line], [data-paste-hint]", lines).forEach((e) => { e.hidden = false; });
    rowsOf(lines).forEach((row) => { row.hidden = Boolean(one(".k-drop input", row)?.checked); });
    number(lines);
  });

  // Fields that have a meaning with one answer alone: out of the way with another, unless they are filled in.
  all("[data-only-with]").forEach((section) => {
    const within = section.closest("form");
    const show = () => {
      const chosen = new FormData(within).get(section.dataset.onlyWith);
      const filled = all("input:not([type=checkbox]):not([type=radio]), textarea, select", section).some((each) => each.value.trim());
      section.hidden = !section.dataset.onlyAt.split(" ").includes(chosen) && !filled;
    };
    within.addEventListener("change", show);
    show();
  });

  // Drafts: kept a moment after the last change, and never in the way.
  const form = one("form[data-draft]");
  if (!form) return;
  let waiting = 0;
  const tell = (words) => { const state = one("[data-draft-state]", form); if (state) state.textContent = words; };
  async function keep() {
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      tell(answer.ok ? `${form.dataset.draftKept} ${new Date().toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" })}` : form.dataset.draftFailed);
    } catch { tell(form.dataset.draftFailed); }
  }
  const later = () => { clearTimeout(waiting); waiting = setTimeout(keep, 1200); };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
})();
