import type { Product } from '../../../src/domain/product.js';

/** Same product in both shops: [shop one, shop two]; each is title | brand | price. A blank shop has no such product. */
const LISTINGS = `
Paintwell Studio Elements 6 for Mac | Colorado Imaging | 89.99 || paintwell studio elements 6.0 mac colorado imaging | | 82.5
Paintwell Studio Elements 6 for Windows | Colorado Imaging | 89.99 || paintwell elements 6 windows full version | | 79.95
Paintwell Studio Elements 5 | Colorado Imaging | 69.99 ||
Paintwell Studio CS Upgrade from CS2 Mac | Colorado Imaging | 199 || colorado imaging paintwell cs upgrade (mac) | | 184.99
Paintwell Studio CS Full Version Mac | Colorado Imaging | 649 || colorado imaging paintwell studio cs for macintosh - complete package | | 611.25
|| paintwell studio cs windows - complete package | | 609.97
Ledgerline Accounting Pro 2008 | Ledgerline | 199.95 || ledgerline pro 2008 small business accounting software | | 174.9
Ledgerline Accounting Premier 2008 | Ledgerline | 399.95 || ledgerline premier 2008 accounting edition | | 359
Ledgerline Accounting Premier 2007 | Ledgerline | 299.95 ||
Ledgerline Payroll Basic 2008 | Ledgerline | 199 || basic payroll 2008 from ledgerline win | | 181.4
Ledgerline Simple Start 2008 | Ledgerline | 99.95 || ledgerline simple start edition 2008 cd-rom | | 89.99
|| ledgerline pro 2008 5-user pack | | 699
Guardhouse Antivirus 2008 3-User | Guardhouse Security | 39.99 || guardhouse anti-virus 2008 3 users | guardhouse | 36.5
Guardhouse Antivirus 2008 1-User | Guardhouse Security | 29.99 || guardhouse antivirus 2008 single user 1 user | guardhouse | 25.95
Guardhouse Internet Suite 2008 3-User | Guardhouse Security | 69.99 || internet suite 2008 by guardhouse 3 users retail box | guardhouse | 62.25
Guardhouse Internet Suite 2007 | Guardhouse Security | 49.99 ||
Guardhouse Backup and Recovery 12 | Guardhouse Security | 69.99 || guardhouse backup & recovery v12 | guardhouse | 59.99
|| guardhouse backup & recovery server v12 | guardhouse | 1099
Sonic Forge Audio Editor 9 | Wavecrest | 299.95 || wavecrest sonic forge 9 professional audio editing | | 259.49
Sonic Forge Audio Studio 9 | Wavecrest | 54.95 || sonic forge audio studio 9 | | 49.95
Beat Kitchen Loop Library: Deep House | Wavecrest | 39.95 || loop library deep house for beat kitchen | | 35.2
Beat Kitchen Loop Library: Latin Percussion | Wavecrest | 39.95 || beat kitchen latin percussion loops | | 36
Beat Kitchen Loop Library: Orchestral Strings | Wavecrest | 39.95 ||
|| beat kitchen loop library ambient grooves | | 37.5
Captain Beaver's Math Adventure Grades 1-3 | Little Lodge | 19.99 || captain beavers math adventure gr 1-3 win/mac | | 17.25
Captain Beaver's Math Adventure Grades 4-6 | Little Lodge | 19.99 || captain beaver math adventure gr 4-6 | | 18.11
Captain Beaver's Reading Adventure Grades 1-3 | Little Lodge | 19.99 || little lodge captain beavers reading adventure gr 1-3 | | 16.9
Captain Beaver's Spelling Quest | Little Lodge | 14.99 || captain beaver spelling quest (jewel case) | | 9.99
|| captain beaver typing quest (jewel case) | | 9.99
Empire of Sand: Gold Edition | Ironclad Games | 29.99 || empire of sand gold dvd-rom | | 26.39
Empire of Sand: Rise of the Nomads Expansion | Ironclad Games | 19.99 || rise of the nomads (empire of sand expansion pack) | | 18.49
Empire of Snow | Ironclad Games | 39.99 || ironclad empire of snow pc game | | 34.99
Midnight Harbor Mysteries | Ironclad Games | 19.99 || midnight harbor mysteries pc | | 18.75
Rail Baron Deluxe | Ironclad Games | 24.99 || rail baron deluxe edition | | 19.98
Rail Baron 2 | Ironclad Games | 34.99 ||
|| rail baron trilogy | | 44.99
Atlas Street Navigator 2008 DVD | Meridian Maps | 59.95 || meridian atlas & street navigator 2008 | | 49.25
Atlas Street Navigator 2008 with GPS Receiver | Meridian Maps | 129.95 || street navigator 2008 w/ gps receiver meridian maps | | 112.4
Linguafast Spanish Complete | Linguafast | 159 || linguafast complete spanish course | | 139.99
Linguafast French Complete | Linguafast | 159 || linguafast complete french course | | 141.5
Linguafast Italian Complete | Linguafast | 159 ||
|| linguafast complete japanese course | | 139.99
Drafting Board Home Design Suite 8.0 | Blueline | 49.99 || blueline drafting board home design suite v8 | | 41.87
Drafting Board Landscape Design 8.0 | Blueline | 29.99 || landscape design 8 blueline drafting board | | 24.25
Drafting Board Kitchen and Bath 8.0 | Blueline | 29.99 ||
Script Writer's Companion 3 Academic | Quillsoft | 79 || quillsoft scriptwriters companion 3.0 academic | | 72.5
Script Writer's Companion 3 | Quillsoft | 179 || scriptwriters companion 3.0 quillsoft retail | | 165.3
Family Roots Genealogy Deluxe 2008 | Hearthside | 49.99 || family roots 2008 deluxe genealogy | | 44.95
Family Roots Genealogy Essentials 2008 | Hearthside | 29.99 || hearthside family roots essentials 2008 | | 24.95
|| family roots genealogy world edition 2008 | | 89.95
The Glassblower's Apprentice: A Novel | Ines Calloway | 14.95 || Calloway, Ines - Glassblower's Apprentice (Paperback) | | 11.21
The Glassblower's Daughter: A Novel | Ines Calloway | 15.95 || Calloway, Ines - Glassblower's Daughter (Paperback) | | 12.4
Winter Bread: Recipes from a Mountain Bakery | Tomas Adler | 32.5 || Winter Bread - Mountain Bakery Recipes, hardcover | Tomas Adler | 27
Summer Preserves: Recipes from a Mountain Kitchen | Tomas Adler | 32.5 ||
An Introduction to Tidal Engineering, Second Edition | P. Halloran | 118 || Introduction to Tidal Engineering 2nd ed. Halloran | | 109.99
An Introduction to Tidal Engineering, Third Edition | P. Halloran | 134 || Introduction to Tidal Engineering 3rd ed. Halloran | | 124.5
Practical Beekeeping for Beginners | Orla Finch | 18.99 || Orla Finch: Practical Beekeeping for Beginners, illustrated | | 16.5
Advanced Beekeeping | Orla Finch | 24.99 ||
The Cartographer's Almanac, Volume 1: Coasts | Lunde Press | 45 || Cartographers Almanac vol. 1 Coasts | Lunde Press | 41.5
The Cartographer's Almanac, Volume 2: Rivers | Lunde Press | 45 || Cartographers Almanac vol. 2 Rivers | Lunde Press | 40.75
|| Cartographers Almanac vol. 3 Deserts | Lunde Press | 42
Lanterns over Kessel Street | Mara Whitcombe | 13.99 || Whitcombe Mara: Lanterns Over Kessel St. | | 12
Shadows over Kessel Street | Mara Whitcombe | 13.99 ||
A Short History of Salt | G. Penrose | 16 || Short History of Salt, Penrose (trade paperback) | | 13.6
A Short History of Glass | G. Penrose | 16 ||
Statistics Without Tears Workbook | Dell & Orwig | 27.95 || Statistics Without Tears: Workbook, Orwig | | 25
Statistics Without Tears | Dell & Orwig | 49.95 || Statistics Without Tears (textbook) Dell and Orwig | | 46.2
Owls of the Northern Forest: A Field Guide | R. Sandoval | 21 || Field Guide to Owls of the Northern Forest | | 18.4
Moths of the Northern Forest: A Field Guide | R. Sandoval | 21 || Field Guide Moths of the Northern Forest, Sandoval | | 19.2
|| Field Guide to Mushrooms of the Northern Forest | | 18.4
Zero to Orbit: The Story of a Garage Rocket | Lena Okafor | 26 || Okafor: Zero to Orbit - Story of a Garage Rocket | | 20.8
`;

/**
 * Two shops' tables of software and books, written by hand: no codes, other wording, and other editions, platforms, years
 * and volumes that are not the same product. `truth` holds the pairs of ids.
 */
export function softwareAndBooks(withSource: boolean): { products: Product[]; truth: Set<string> } {
  const products: Product[] = [];
  const truth = new Set<string>();
  for (const [at, line] of LISTINGS.trim().split('\n').entries()) {
    const [one = '', two = ''] = line.split('||');
    const rows = [rowOf(one, 'one', at, withSource), rowOf(two, 'two', at, withSource)];
    products.push(...rows.flatMap((row) => row ?? []));
    const [a, b] = rows;
    if (a !== undefined && b !== undefined) truth.add(`${a.id} ${b.id}`);
  }
  return { products, truth };
}

function rowOf(text: string, source: string, at: number, withSource: boolean): Product | undefined {
  const [title = '', brand = '', price = ''] = text.split('|').map((cell) => cell.trim());
  if (title === '') return undefined;
  return {
    id: `${source}-${at + 100}`,
    title,
    ...(brand !== '' && { brand }),
    ...(price !== '' && { price: Number(price) }),
    ...(withSource && { source }),
  };
}
