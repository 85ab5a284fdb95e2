export { DiagramError } from './diagram-error';
export { renderMermaid } from './mermaid';
export { renderOutline } from './outline';
export { PNG_SCALE, pngScale, renderPng } from './png';
export { type DiagramOptions, renderDiagram } from './render';
export { diagramStyles, type Theme } from './styles';
