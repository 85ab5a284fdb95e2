/** Whether a path is of a REST API: these paths begin with the API's date, such as `/2015-03-31/functions`. */
export const isApiPath = (path: string): boolean => /^\/\d{4}-\d{2}-\d{2}\//.test(path);
