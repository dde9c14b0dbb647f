/** A complex number, for what is computed once; loops keep real and imaginary parts in columns. */
export interface Complex {
  readonly re: number
  readonly im: number
}

export const complex = (re: number, im = 0): Complex => ({ re, im })
export const add = (a: Complex, b: Complex): Complex => complex(a.re + b.re, a.im + b.im)
export const multiply = (a: Complex, b: Complex): Complex =>
  complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
export const scale = (a: Complex, factor: number): Complex => complex(a.re * factor, a.im * factor)
export function divide(a: Complex, b: Complex): Complex {
  const square = b.re * b.re + b.im * b.im
  return complex((a.re * b.re + a.im * b.im) / square, (a.im * b.re - a.re * b.im) / square)
}
export const inverse = (a: Complex): Complex => divide(complex(1), a)
