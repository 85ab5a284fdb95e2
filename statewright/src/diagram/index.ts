export { DiagramError } from './diagram-error';
export { renderMermaid } from './mermaid';
export { renderOutline } from './outline';
export { PNG_SCALE, pngScale, renderPng } from './png';
export { renderDiagram } from './render';
export { diagramStyles, type Theme } from './styles';
