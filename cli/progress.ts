import type { Progress } from '../sim/run.ts'

/** Seconds as a person says them: `8 s`, `3 min 20 s`, `2 h 05 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`
}

/**
 * Progress on standard error with the time left: one line that is rewritten on a terminal, a line for
 * every tenth elsewhere, nothing when quiet.
 */
export function progressLine(
  name: string,
  quiet: boolean,
): { report: (progress: Progress) => void; end: () => void } {
  const started = performance.now()
  const terminal = process.stderr.isTTY
  let tenth = -1
  let open = false
  const report = ({ doneFraction, text }: Progress) => {
    if (quiet) return
    const seconds = (performance.now() - started) / 1000
    const left =
      doneFraction > 0.05 && doneFraction < 1
        ? `, ${duration((seconds / doneFraction) * (1 - doneFraction))} left`
        : ''
    const line = `${name}  ${String(Math.floor(doneFraction * 100)).padStart(3)} %  ${text}${left}`
    if (terminal) {
      process.stderr.write(`\r\u001b[K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`)
      open = true
    } else if (Math.floor(doneFraction * 10) > tenth) {
      tenth = Math.floor(doneFraction * 10)
      process.stderr.write(`${line}\n`)
    }
  }
  const end = () => {
    if (open) process.stderr.write('\r\u001b[K')
    open = false
  }
  return { report, end }
}
