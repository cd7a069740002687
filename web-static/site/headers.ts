/**
 * The policy the site is made for. `wasm-unsafe-eval` lets the decoder of the compressed samples
 * run; nothing else is loosened. Gateway and nginx send the same line.
 */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
