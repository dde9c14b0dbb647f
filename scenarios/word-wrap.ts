/** Words in lines of at most `width`; one that is longer has a line of its own. */
export function wordWrap(text: string, width: number): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines.length - 1
    if (lines[last] === '') lines[last] = word
    else if (lines[last].length + 1 + word.length > width) lines.push(word)
    else lines[last] += ` ${word}`
  }
  return lines
}
