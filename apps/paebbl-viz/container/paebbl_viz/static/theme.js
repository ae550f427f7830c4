/** Colours of the chart's text and lines: the page's own, so that light, dark and print need no second list. */

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif';

export function template() {
  const style = getComputedStyle(document.documentElement);
  const [ink, soft, line, card] = ['--ink', '--soft', '--line', '--card'].map((name) =>
    style.getPropertyValue(name).trim(),
  );
  const axis = {
    gridcolor: line,
    linecolor: line,
    zerolinecolor: line,
    tickcolor: line,
    ticks: 'outside',
    tickfont: { color: soft },
    title: { standoff: 10 },
    automargin: true,
  };
  return {
    layout: {
      font: { family: FONT, size: 13, color: ink },
      paper_bgcolor: 'rgba(0,0,0,0)',
      plot_bgcolor: 'rgba(0,0,0,0)',
      xaxis: axis,
      yaxis: axis,
      hoverlabel: { bgcolor: card, bordercolor: line, font: { color: ink, family: FONT } },
      legend: { bgcolor: 'rgba(0,0,0,0)' },
      modebar: { bgcolor: 'rgba(0,0,0,0)', color: soft, activecolor: ink },
      coloraxis: { colorbar: { outlinewidth: 0, thickness: 14 } },
      hovermode: 'closest',
    },
    data: { heatmap: [{ colorbar: { outlinewidth: 0, thickness: 14 } }] },
  };
}

/** Called when the system changes between light and dark, and around printing: paper is light, and narrower. */
export function onThemeChange(redraw) {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => redraw());
  for (const event of ['beforeprint', 'afterprint']) addEventListener(event, () => redraw());
}
