// The figures are called by the numbers that they have now, under each and where a priority points to one.

import { targets } from "../rich/marks.js";
import { root } from "./server.js";

function rename(select, figures) {
  const { value } = select;
  const saved = [...select.options].find((option) => option.defaultSelected)?.value ?? "";
  const called = [{ id: "", name: "–" }, ...figures];
  select.replaceChildren(
    ...called.map(({ id, name }) => new Option(name, id, id === saved, id === value)),
  );
}

export function listenToFigures() {
  root.addEventListener("news", () => {
    for (const { id, label } of targets()) {
      const number = document.getElementById(`nummer-${id}`);
      if (number) number.textContent = label;
    }
    const figures = targets().filter((target) => target.isFigure);
    for (const select of root.querySelectorAll(".cell-figure select")) {
      if (select !== document.activeElement) rename(select, figures);
    }
  });
}
