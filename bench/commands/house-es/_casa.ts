import { list } from 'heed';

/** The areas of the house, by the names that people gave them. */
export const area = list(['cocina', 'oficina', 'salón', 'dormitorio', 'baño']);
export const light = list(['lámpara', 'lámpara de pie']);
/** What can be turned on and off. */
export const device = list([
  'interruptor dormitorio',
  'ventilador',
  { value: 'tv', say: ['TV', 'tele', 'televisión'] },
]);
export const player = list([{ value: 'tv', say: ['TV', 'tele'] }]);
export const door = list(['puerta principal', 'puerta del garaje']);
/** What opens and closes, by its kind; a command means everything of that kind in an area. */
export const cover = list([
  { value: 'puerta', say: ['puertas'] },
  { value: 'persiana', say: ['persiana', 'persianas'] },
  { value: 'cortina', say: ['cortina', 'cortinas'] },
  { value: 'ventana', say: ['ventana', 'ventanas'] },
]);
export const color = list(['rojo', 'naranja', 'amarillo', 'verde', 'azul', 'morado', 'rosa', 'blanco']);
export const script = list(['modo fiesta', 'modo sigiloso', 'modo cine']);

/** "en la Cocina", "de la Oficina". */
export const en = '(en|de|del) [la|el] {area}';
