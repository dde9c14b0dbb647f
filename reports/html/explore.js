// Runs in the reader's browser: puts an interactive picture in the place of a drawing when asked to.
;(() => {
  const store = document.getElementById('explore-data')
  if (store === null || typeof window.Plotly === 'undefined') return
  const pictures = JSON.parse(store.textContent)
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()

  const traceOf = (series, axis, picture) => ({
    type: 'scatter',
    mode: 'lines',
    name: series.label,
    x0: picture.start,
    dx: picture.stepMs,
    y: { dtype: 'f4', bdata: series.values },
    yaxis: axis,
    line: {
      color: color(series.className),
      width: series.kind === 'area' ? 1 : 2,
      dash: series.kind === 'dashed' ? 'dash' : 'solid',
    },
    fill: series.kind === 'area' ? 'tozeroy' : 'none',
    connectgaps: false,
    hovertemplate: `%{y:.3~f} %{fullData.name}<extra></extra>`,
  })

  const layoutOf = (picture, width) => {
    const ink = color('ink')
    const share = 1 / picture.panels.length
    const layout = {
      width,
      height: 130 * picture.panels.length + 110,
      margin: { l: 52, r: 8, t: 8, b: 28 },
      paper_bgcolor: 'rgba(0,0,0,0)',
      plot_bgcolor: 'rgba(0,0,0,0)',
      font: { color: ink, size: 12, family: 'system-ui, sans-serif' },
      hovermode: 'x unified',
      hoverlabel: { bgcolor: color('paper'), bordercolor: color('rule'), font: { color: ink } },
      legend: { orientation: 'h', y: -0.1 },
      xaxis: { type: 'date', gridcolor: color('rule'), anchor: `y${picture.panels.length}` },
    }
    picture.panels.forEach((panel, index) => {
      const top = 1 - index * share
      layout[index === 0 ? 'yaxis' : `yaxis${index + 1}`] = {
        domain: [top - share * 0.88, top],
        title: { text: panel.unit },
        gridcolor: color('rule'),
        zerolinecolor: color('ink'),
        fixedrange: true,
      }
    })
    return layout
  }

  const show = (place, picture) => {
    const traces = picture.panels.flatMap((panel, index) =>
      panel.series.map((series) => traceOf(series, index === 0 ? 'y' : `y${index + 1}`, picture)),
    )
    const config = { displaylogo: false, displayModeBar: false, responsive: false, doubleClick: 'reset' }
    window.Plotly.newPlot(place, traces, layoutOf(picture, place.clientWidth), config)
  }

  for (const figure of document.querySelectorAll('figure[data-explore]')) {
    const picture = pictures[figure.dataset.explore]
    if (picture === undefined) continue
    const place = document.createElement('div')
    place.className = 'interactive'
    place.hidden = true
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'explore'
    button.textContent = 'Explore: hover and zoom'
    button.setAttribute('aria-pressed', 'false')
    button.addEventListener('click', () => {
      const open = figure.classList.toggle('exploring')
      place.hidden = !open
      button.setAttribute('aria-pressed', String(open))
      button.textContent = open ? 'Back to the drawing' : 'Explore: hover and zoom'
      if (open) show(place, picture)
      else window.Plotly.purge(place)
    })
    figure.insertBefore(place, figure.querySelector('.note'))
    figure.insertBefore(button, figure.querySelector('.note'))
  }

  // Paper has no folds; what the reader had closed is closed again afterwards.
  let opened = []
  window.addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details:not([open])')]
    for (const fold of opened) fold.open = true
  })
  window.addEventListener('afterprint', () => {
    for (const fold of opened) fold.open = false
  })
})()
