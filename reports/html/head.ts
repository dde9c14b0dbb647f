import { Markup, markup } from './markup.ts'

/** The beginning of every page up to its body; `policy` is its content security policy. */
export const head = ({
  title,
  policy,
  style,
  language = 'en',
}: {
  title: string
  policy: string
  style: string
  language?: string
}): Markup => markup`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
`
