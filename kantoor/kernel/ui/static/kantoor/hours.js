// Arrow keys and Enter go from cell to cell in the grid of hours.
document.getElementById("hours")?.addEventListener("keydown", (event) => {
  const cell = event.target.closest("[data-hour]");
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  const td = cell.closest("td"), row = td.parentElement;
  const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
  const at = cell.selectionStart === cell.selectionEnd ? cell.selectionStart : -1;
  let next = null;
  if (event.key === "ArrowUp") next = row.previousElementSibling?.children[td.cellIndex];
  else if (event.key === "ArrowDown" || event.key === "Enter") next = row.nextElementSibling?.children[td.cellIndex];
  else if (event.key === "ArrowLeft" && (whole || at === 0)) next = td.previousElementSibling;
  else if (event.key === "ArrowRight" && (whole || at === cell.value.length)) next = td.nextElementSibling;
  else return;
  if (event.key === "Enter") event.preventDefault();
  const field = next?.querySelector("[data-hour]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
