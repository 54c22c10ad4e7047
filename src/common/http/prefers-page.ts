/** Whether who asks would rather read a page: a browser does, an app that takes anything does not. */
export function prefersPage(accept: string | undefined): boolean {
  const qualityOf = (types: readonly string[]): number => Math.max(0, ...rangesOf(accept, types));
  const page = qualityOf(['text/html', 'application/xhtml+xml']);
  return page > 0 && page >= qualityOf(['application/json']);
}

function rangesOf(accept: string | undefined, types: readonly string[]): number[] {
  return (accept ?? '')
    .slice(0, 500)
    .split(',')
    .map((range) =>
      range
        .toLowerCase()
        .split(';')
        .map((part) => part.trim()),
    )
    .filter(([type = '']) => types.includes(type))
    .map(([, ...parameters]) => {
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return quality === undefined ? 1 : Number(quality) || 0;
    });
}
