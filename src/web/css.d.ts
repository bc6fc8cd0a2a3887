/** The build takes style sheets in as texts. */
declare module '*.css' {
  const text: string;
  export default text;
}
