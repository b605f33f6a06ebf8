import type { Expected } from '../../lib/expected.ts';

/** The sentences that open or close something. */
export const expectedVolets: Readonly<Record<string, Expected>> = {
  "ferme l'auvent": { command: 'volets', args: { action: 'close', cover: 'auvent' } },
  "ferme l'auvent dans le Bureau": { command: 'volets', args: { action: 'close', cover: 'auvent', area: 'bureau' } },
  "ferme l'auvent dans le Premier Étage": {
    command: 'volets',
    args: { action: 'close', cover: 'auvent', area: 'premier étage' },
  },
  'ferme la banne': { command: 'volets', args: { action: 'close', cover: 'banne' } },
  'ferme la banne dans le Bureau': { command: 'volets', args: { action: 'close', cover: 'banne', area: 'bureau' } },
  'ferme la banne dans le Premier Étage': {
    command: 'volets',
    args: { action: 'close', cover: 'banne', area: 'premier étage' },
  },
  'ferme la fenêtre': { command: 'volets', args: { action: 'close', cover: 'fenêtre' } },
  'ferme la porte': { command: 'volets', args: { action: 'close', cover: 'porte' } },
  'ferme la porte dans le Bureau': { command: 'volets', args: { action: 'close', cover: 'porte', area: 'bureau' } },
  'ferme la porte dans le Premier Étage': {
    command: 'volets',
    args: { action: 'close', cover: 'porte', area: 'premier étage' },
  },
  'ferme la Rideau gauche': { command: 'volets', args: { action: 'close', cover: 'rideau gauche' } },
  'ferme la Rideau gauche dans le Bureau': {
    command: 'volets',
    args: { action: 'close', cover: 'rideau gauche', area: 'bureau' },
  },
  'ferme la Rideau gauche du Bureau': {
    command: 'volets',
    args: { action: 'close', cover: 'rideau gauche', area: 'bureau' },
  },
  'ferme le portail': { command: 'volets', args: { action: 'close', cover: 'portail' } },
  'ferme le rideau': { command: 'volets', args: { action: 'close', cover: 'rideau' } },
  'ferme le rideau dans le Bureau': { command: 'volets', args: { action: 'close', cover: 'rideau', area: 'bureau' } },
  'ferme le rideau dans le Premier Étage': {
    command: 'volets',
    args: { action: 'close', cover: 'rideau', area: 'premier étage' },
  },
  'ferme le store': { command: 'volets', args: { action: 'close', cover: 'store' } },
  'ferme le store dans le Bureau': { command: 'volets', args: { action: 'close', cover: 'store', area: 'bureau' } },
  'ferme le store dans le Premier Étage': {
    command: 'volets',
    args: { action: 'close', cover: 'store', area: 'premier étage' },
  },
  'ferme le volet': { command: 'volets', args: { action: 'close', cover: 'volet' } },
  'ferme les portes dans la Chambre': { command: 'volets', args: { action: 'close', cover: 'porte', area: 'chambre' } },
  'ferme les portes dans le Rez-de-chaussée': {
    command: 'volets',
    args: { action: 'close', cover: 'porte', area: 'rez-de-chaussée' },
  },
  'ferme les rideaux dans la Chambre': {
    command: 'volets',
    args: { action: 'close', cover: 'rideau', area: 'chambre' },
  },
  'ferme les rideaux dans le Rez-de-chaussée': {
    command: 'volets',
    args: { action: 'close', cover: 'rideau', area: 'rez-de-chaussée' },
  },
  'ferme tous les auvents dans la Chambre': {
    command: 'volets',
    args: { action: 'close', cover: 'auvent', area: 'chambre' },
  },
  'ferme tous les auvents dans le Rez-de-chaussée': {
    command: 'volets',
    args: { action: 'close', cover: 'auvent', area: 'rez-de-chaussée' },
  },
  'ferme tous les bannes dans la Chambre': {
    command: 'volets',
    args: { action: 'close', cover: 'banne', area: 'chambre' },
  },
  'ferme tous les bannes dans le Rez-de-chaussée': {
    command: 'volets',
    args: { action: 'close', cover: 'banne', area: 'rez-de-chaussée' },
  },
  'ferme tous les stores dans la Chambre': {
    command: 'volets',
    args: { action: 'close', cover: 'store', area: 'chambre' },
  },
  'ferme tous les stores dans le Rez-de-chaussée': {
    command: 'volets',
    args: { action: 'close', cover: 'store', area: 'rez-de-chaussée' },
  },
  'ferme tous les volets': { command: 'volets', args: { action: 'close', cover: 'volet' } },
  'fermer la fenêtre dans le Bureau': {
    command: 'volets',
    args: { action: 'close', cover: 'fenêtre', area: 'bureau' },
  },
  'fermer la fenêtre dans le Premier Étage': {
    command: 'volets',
    args: { action: 'close', cover: 'fenêtre', area: 'premier étage' },
  },
  'fermer la fenêtre du Bureau': { command: 'volets', args: { action: 'close', cover: 'fenêtre', area: 'bureau' } },
  'fermer la fenêtre du Premier Étage': {
    command: 'volets',
    args: { action: 'close', cover: 'fenêtre', area: 'premier étage' },
  },
  'fermer le portail dans le Bureau': {
    command: 'volets',
    args: { action: 'close', cover: 'portail', area: 'bureau' },
  },
  'fermer le portail dans le Premier Étage': {
    command: 'volets',
    args: { action: 'close', cover: 'portail', area: 'premier étage' },
  },
  'fermer le volet dans le Bureau': { command: 'volets', args: { action: 'close', cover: 'volet', area: 'bureau' } },
  'fermer le volet dans le Premier Étage': {
    command: 'volets',
    args: { action: 'close', cover: 'volet', area: 'premier étage' },
  },
  'fermer les auvents': { command: 'volets', args: { action: 'close', cover: 'auvent' } },
  'fermer les bannes': { command: 'volets', args: { action: 'close', cover: 'banne' } },
  'fermer les fenêtres': { command: 'volets', args: { action: 'close', cover: 'fenêtre' } },
  'fermer les portails': { command: 'volets', args: { action: 'close', cover: 'portail' } },
  'fermer les portes': { command: 'volets', args: { action: 'close', cover: 'porte' } },
  'fermer les portes de garage': { command: 'volets', args: { action: 'close', cover: 'porte de garage' } },
  'fermer les rideaux': { command: 'volets', args: { action: 'close', cover: 'rideau' } },
  'fermer les stores': { command: 'volets', args: { action: 'close', cover: 'store' } },
  'fermer les volets': { command: 'volets', args: { action: 'close', cover: 'volet' } },
  'fermer toutes les fenêtres dans la Chambre': {
    command: 'volets',
    args: { action: 'close', cover: 'fenêtre', area: 'chambre' },
  },
  'fermer toutes les fenêtres dans le Rez-de-chaussée': {
    command: 'volets',
    args: { action: 'close', cover: 'fenêtre', area: 'rez-de-chaussée' },
  },
  'fermer toutes les fenêtres de la Chambre': {
    command: 'volets',
    args: { action: 'close', cover: 'fenêtre', area: 'chambre' },
  },
  'fermer toutes les fenêtres du Rez-de-chaussée': {
    command: 'volets',
    args: { action: 'close', cover: 'fenêtre', area: 'rez-de-chaussée' },
  },
  'fermer toutes les portails dans la Chambre': {
    command: 'volets',
    args: { action: 'close', cover: 'portail', area: 'chambre' },
  },
  'fermer toutes les portails dans le Rez-de-chaussée': {
    command: 'volets',
    args: { action: 'close', cover: 'portail', area: 'rez-de-chaussée' },
  },
  'fermer toutes les volets dans la Chambre': {
    command: 'volets',
    args: { action: 'close', cover: 'volet', area: 'chambre' },
  },
  'fermer toutes les volets dans le Rez-de-chaussée': {
    command: 'volets',
    args: { action: 'close', cover: 'volet', area: 'rez-de-chaussée' },
  },
  "ouvre l'auvent": { command: 'volets', args: { action: 'open', cover: 'auvent' } },
  "ouvre l'auvent dans le Bureau": { command: 'volets', args: { action: 'open', cover: 'auvent', area: 'bureau' } },
  "ouvre l'auvent dans le Premier Étage": {
    command: 'volets',
    args: { action: 'open', cover: 'auvent', area: 'premier étage' },
  },
  'ouvre la banne': { command: 'volets', args: { action: 'open', cover: 'banne' } },
  'ouvre la banne dans le Bureau': { command: 'volets', args: { action: 'open', cover: 'banne', area: 'bureau' } },
  'ouvre la banne dans le Premier Étage': {
    command: 'volets',
    args: { action: 'open', cover: 'banne', area: 'premier étage' },
  },
  'ouvre la fenêtre': { command: 'volets', args: { action: 'open', cover: 'fenêtre' } },
  'ouvre la porte': { command: 'volets', args: { action: 'open', cover: 'porte' } },
  'ouvre la porte dans le Bureau': { command: 'volets', args: { action: 'open', cover: 'porte', area: 'bureau' } },
  'ouvre la porte dans le Premier Étage': {
    command: 'volets',
    args: { action: 'open', cover: 'porte', area: 'premier étage' },
  },
  'ouvre la Rideau gauche dans le Salon': {
    command: 'volets',
    args: { action: 'open', cover: 'rideau gauche', area: 'salon' },
  },
  'ouvre le portail': { command: 'volets', args: { action: 'open', cover: 'portail' } },
  'ouvre le rideau': { command: 'volets', args: { action: 'open', cover: 'rideau' } },
  'ouvre le rideau dans le Bureau': { command: 'volets', args: { action: 'open', cover: 'rideau', area: 'bureau' } },
  'ouvre le rideau dans le Premier Étage': {
    command: 'volets',
    args: { action: 'open', cover: 'rideau', area: 'premier étage' },
  },
  'ouvre le Rideau gauche': { command: 'volets', args: { action: 'open', cover: 'rideau gauche' } },
  'ouvre le store': { command: 'volets', args: { action: 'open', cover: 'store' } },
  'ouvre le store dans le Bureau': { command: 'volets', args: { action: 'open', cover: 'store', area: 'bureau' } },
  'ouvre le store dans le Premier Étage': {
    command: 'volets',
    args: { action: 'open', cover: 'store', area: 'premier étage' },
  },
  'ouvre le volet': { command: 'volets', args: { action: 'open', cover: 'volet' } },
  'ouvre les auvents dans la Chambre': {
    command: 'volets',
    args: { action: 'open', cover: 'auvent', area: 'chambre' },
  },
  'ouvre les auvents dans le Rez-de-chaussée': {
    command: 'volets',
    args: { action: 'open', cover: 'auvent', area: 'rez-de-chaussée' },
  },
  'ouvre les bannes dans la Chambre': { command: 'volets', args: { action: 'open', cover: 'banne', area: 'chambre' } },
  'ouvre les bannes dans le Rez-de-chaussée': {
    command: 'volets',
    args: { action: 'open', cover: 'banne', area: 'rez-de-chaussée' },
  },
  'ouvre les rideaux dans la Chambre': {
    command: 'volets',
    args: { action: 'open', cover: 'rideau', area: 'chambre' },
  },
  'ouvre les rideaux dans le Rez-de-chaussée': {
    command: 'volets',
    args: { action: 'open', cover: 'rideau', area: 'rez-de-chaussée' },
  },
  'ouvre les stores dans la Chambre': { command: 'volets', args: { action: 'open', cover: 'store', area: 'chambre' } },
  'ouvre les stores dans le Rez-de-chaussée': {
    command: 'volets',
    args: { action: 'open', cover: 'store', area: 'rez-de-chaussée' },
  },
  'ouvre les volets': { command: 'volets', args: { action: 'open', cover: 'volet' } },
  'ouvre les volets du Premier Étage': {
    command: 'volets',
    args: { action: 'open', cover: 'volet', area: 'premier étage' },
  },
  'ouvre tous les volets': { command: 'volets', args: { action: 'open', cover: 'volet' } },
  'ouvrir la fenêtre dans le Bureau': { command: 'volets', args: { action: 'open', cover: 'fenêtre', area: 'bureau' } },
  'ouvrir la fenêtre dans le Premier Étage': {
    command: 'volets',
    args: { action: 'open', cover: 'fenêtre', area: 'premier étage' },
  },
  'ouvrir la fenêtre du Bureau': { command: 'volets', args: { action: 'open', cover: 'fenêtre', area: 'bureau' } },
  'ouvrir la fenêtre du Premier Étage': {
    command: 'volets',
    args: { action: 'open', cover: 'fenêtre', area: 'premier étage' },
  },
  'ouvrir la Rideau gauche dans le Salon': {
    command: 'volets',
    args: { action: 'open', cover: 'rideau gauche', area: 'salon' },
  },
  'ouvrir la Rideau gauche du Salon': {
    command: 'volets',
    args: { action: 'open', cover: 'rideau gauche', area: 'salon' },
  },
  'ouvrir le portail dans le Bureau': { command: 'volets', args: { action: 'open', cover: 'portail', area: 'bureau' } },
  'ouvrir le portail dans le Premier Étage': {
    command: 'volets',
    args: { action: 'open', cover: 'portail', area: 'premier étage' },
  },
  'ouvrir le Rideau gauche': { command: 'volets', args: { action: 'open', cover: 'rideau gauche' } },
  'ouvrir le volet dans le Bureau': { command: 'volets', args: { action: 'open', cover: 'volet', area: 'bureau' } },
  'ouvrir le volet dans le Premier Étage': {
    command: 'volets',
    args: { action: 'open', cover: 'volet', area: 'premier étage' },
  },
  'ouvrir les auvents': { command: 'volets', args: { action: 'open', cover: 'auvent' } },
  'ouvrir les bannes': { command: 'volets', args: { action: 'open', cover: 'banne' } },
  'ouvrir les fenêtres': { command: 'volets', args: { action: 'open', cover: 'fenêtre' } },
  'ouvrir les portails': { command: 'volets', args: { action: 'open', cover: 'portail' } },
  'ouvrir les portes': { command: 'volets', args: { action: 'open', cover: 'porte' } },
  'ouvrir les portes de garage': { command: 'volets', args: { action: 'open', cover: 'porte de garage' } },
  'ouvrir les rideaux': { command: 'volets', args: { action: 'open', cover: 'rideau' } },
  'ouvrir les stores': { command: 'volets', args: { action: 'open', cover: 'store' } },
  'ouvrir les volets': { command: 'volets', args: { action: 'open', cover: 'volet' } },
  'ouvrir toutes les fenêtres dans la Chambre': {
    command: 'volets',
    args: { action: 'open', cover: 'fenêtre', area: 'chambre' },
  },
  'ouvrir toutes les fenêtres dans le Rez-de-chaussée': {
    command: 'volets',
    args: { action: 'open', cover: 'fenêtre', area: 'rez-de-chaussée' },
  },
  'ouvrir toutes les fenêtres du Bureau': {
    command: 'volets',
    args: { action: 'open', cover: 'fenêtre', area: 'bureau' },
  },
  'ouvrir toutes les fenêtres du Premier Étage': {
    command: 'volets',
    args: { action: 'open', cover: 'fenêtre', area: 'premier étage' },
  },
  'ouvrir toutes les portails dans la Chambre': {
    command: 'volets',
    args: { action: 'open', cover: 'portail', area: 'chambre' },
  },
  'ouvrir toutes les portails dans le Rez-de-chaussée': {
    command: 'volets',
    args: { action: 'open', cover: 'portail', area: 'rez-de-chaussée' },
  },
  'ouvrir toutes les portes dans la Chambre': {
    command: 'volets',
    args: { action: 'open', cover: 'porte', area: 'chambre' },
  },
  'ouvrir toutes les portes dans le Rez-de-chaussée': {
    command: 'volets',
    args: { action: 'open', cover: 'porte', area: 'rez-de-chaussée' },
  },
  'ouvrir toutes les portes de garage dans la Chambre': {
    command: 'volets',
    args: { action: 'open', cover: 'porte de garage', area: 'chambre' },
  },
  'ouvrir toutes les portes de garage dans le Rez-de-chaussée': {
    command: 'volets',
    args: { action: 'open', cover: 'porte de garage', area: 'rez-de-chaussée' },
  },
  'ouvrir toutes les volets dans la Chambre': {
    command: 'volets',
    args: { action: 'open', cover: 'volet', area: 'chambre' },
  },
  'ouvrir toutes les volets dans le Rez-de-chaussée': {
    command: 'volets',
    args: { action: 'open', cover: 'volet', area: 'rez-de-chaussée' },
  },
};
