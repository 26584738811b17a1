import { circle, rounded, type Shape } from './outline.js';

/** Electronics, toys, sport, books, pets; the last shape stands for everything else. */
export const GADGETS: readonly Shape[] = [
  {
    words: 'phone smartphone mobile handset tablet ereader',
    paths: [
      ['main', rounded(42, 8, 36, 70, 7)],
      ['pale', rounded(46, 15, 28, 54, 2)],
      ['ink', 'M56 73.500H64'],
    ],
  },
  {
    words: 'laptop notebook chromebook ultrabook computer',
    paths: [
      ['main', rounded(30, 22, 60, 46, 5)],
      ['pale', rounded(35, 27, 50, 35, 2)],
      ['deep', 'M18 68H102V72Q102 78 96 78H24Q18 78 18 72Z'],
    ],
  },
  {
    words: 'monitor tv television display projector',
    paths: [
      ['deep', 'M54 60H66V72H76Q78 72 78 78H42Q42 72 44 72H54Z'],
      ['main', rounded(20, 14, 80, 50, 5)],
      ['pale', rounded(25, 19, 70, 40, 2)],
    ],
  },
  {
    words: 'headphone headset earphone earbud earpiece audio',
    paths: [
      ['line', 'M32 58V48Q32 16 60 16Q88 16 88 48V58'],
      ['main', `${rounded(24, 48, 18, 30, 8)}${rounded(78, 48, 18, 30, 8)}`],
      ['deep', `${rounded(37, 52, 6, 22, 3)}${rounded(77, 52, 6, 22, 3)}`],
    ],
  },
  {
    words: 'keyboard keypad mouse mice trackpad peripheral',
    paths: [
      ['main', rounded(16, 44, 88, 34, 6)],
      ['pale', keys()],
    ],
  },
  {
    words: 'camera camcorder lens webcam photography drone',
    paths: [
      ['deep', 'M46 32L51 22H69L74 32Z'],
      ['main', rounded(24, 30, 72, 48, 7)],
      ['pale', circle(60, 54, 17)],
      ['deep', circle(60, 54, 10)],
      ['pale', circle(84, 40, 3)],
    ],
  },
  {
    words: 'speaker soundbar radio amplifier subwoofer turntable',
    paths: [
      ['main', rounded(40, 12, 40, 66, 7)],
      ['deep', `${circle(60, 56, 14)}${circle(60, 28, 7)}`],
      ['pale', `${circle(60, 56, 6)}${circle(60, 28, 3)}`],
    ],
  },
  {
    words: 'charger cable adapter battery powerbank usb hub router ssd drive memory card printer power',
    paths: [
      ['line', 'M60 44Q60 78 84 78'],
      ['main', rounded(42, 24, 36, 34, 8)],
      ['deep', 'M49 10H54V24H49ZM66 10H71V24H66Z'],
      ['pale', 'M62 30L53 43H59L57 53L67 39H61Z'],
    ],
  },
  {
    words: 'game console controller gamepad gaming playstation xbox',
    paths: [
      ['main', 'M40 36H80Q94 36 99 62Q102 78 92 78Q84 78 76 66H44Q36 78 28 78Q18 78 21 62Q26 36 40 36Z'],
      ['pale', `M38 48H43V53H48V58H43V63H38V58H33V53H38Z${circle(80, 50, 4)}${circle(72, 59, 4)}`],
    ],
  },
  {
    words: 'ball football basketball volleyball tennis racket cricket bat sport golf hockey',
    paths: [
      ['main', circle(60, 47, 31)],
      ['thin', 'M29 47H91M60 16V78M38 25Q54 47 38 69M82 25Q66 47 82 69'],
    ],
  },
  {
    words: 'dumbbell kettlebell weight barbell fitness gym exercise resistance workout',
    paths: [
      ['deep', 'M44 54H76V64H44Z'],
      ['main', `${rounded(26, 42, 14, 36, 4)}${rounded(80, 42, 14, 36, 4)}`],
      ['deep', `${rounded(38, 46, 9, 28, 3)}${rounded(73, 46, 9, 28, 3)}`],
    ],
  },
  {
    words: 'bike bicycle cycling cycle scooter skateboard helmet',
    paths: [
      ['line', `${circle(36, 60, 17)}${circle(84, 60, 17)}`],
      ['deepline', 'M36 60L50 34H76L84 60M50 34L60 60H36M60 60L76 34M46 30H55M72 28H80'],
    ],
  },
  {
    words: 'tent camping hammock sleepingbag hike trekking canopy umbrella',
    paths: [
      ['main', 'M60 14L106 78H14Z'],
      ['deep', 'M60 32L76 78H44Z'],
      ['pale', 'M60 32V78H50Z'],
    ],
  },
  {
    words: 'teddy bear plush doll stuffed baby infant toddler',
    paths: [
      ['deep', `${circle(42, 20, 9)}${circle(78, 20, 9)}`],
      ['main', `${circle(60, 34, 23)}M38 78Q36 52 60 52Q84 52 82 78Z`],
      ['pale', circle(60, 41, 9)],
      ['ink', 'M51 29V30M69 29V30M57 38H63'],
    ],
  },
  {
    words: 'toy block game puzzle lego brick board card train wooden building kid child play',
    paths: [
      ['main', rounded(26, 46, 32, 32, 4)],
      ['deep', rounded(62, 46, 32, 32, 4)],
      ['pale', rounded(44, 12, 32, 32, 4)],
    ],
  },
  {
    words: 'book novel cookbook notebook journal diary planner magazine paperback hardcover stationery paper',
    paths: [
      ['main', 'M40 10H82Q86 10 86 14V74H42Q34 74 34 68V16Q34 10 40 10Z'],
      ['pale', 'M40 68H84V75H40Q36 75 36 71.500Q36 68 40 68Z'],
      ['deep', 'M36 74H86V78H40Q34 78 34 72V68Q34 74 40 74ZM48 22H74V32H48Z'],
    ],
  },
  {
    words: 'pen pencil marker crayon office desk paint',
    paths: [
      ['pale', 'M50 30L60 8L70 30Z'],
      ['main', 'M50 30Q55 26 60 30Q65 26 70 30V78H50Z'],
      ['deep', 'M57 15L60 8L63 15ZM50 68H70V78H50Z'],
    ],
  },
  {
    words: 'pet dog cat collar leash aquarium bird litter kennel puppy kitten',
    paths: [
      ['main', 'M60 42Q74 42 81 60Q87 78 73 78Q66 78 60 75Q54 78 47 78Q33 78 39 60Q46 42 60 42Z'],
      ['deep', `${circle(34, 42, 9)}${circle(50, 25, 10)}${circle(70, 25, 10)}${circle(86, 42, 9)}`],
    ],
  },
  {
    words: 'guitar piano violin instrument ukulele drum music',
    paths: [
      ['deep', 'M57 8H63V46H57Z'],
      ['main', 'M60 36Q76 34 72 48Q84 58 78 68Q72 78 60 78Q48 78 42 68Q36 58 48 48Q44 34 60 36Z'],
      ['pale', circle(60, 56, 7)],
    ],
  },
  {
    words: 'chocolate snack food cereal pasta rice grocery biscuit spice nut flour',
    paths: [
      ['main', 'M40 20H80L86 74Q86 78 82 78H38Q34 78 34 74Z'],
      ['deep', 'M38 10H82L80 22H40Z'],
      ['pale', circle(60, 50, 13)],
    ],
  },
  {
    words: '',
    paths: [
      ['main', 'M26 36H94V75Q94 78 91 78H29Q26 78 26 75Z'],
      ['deep', 'M32 22H88L94 36H26Z'],
      ['pale', 'M54 22H66L67 36V50H53V36Z'],
    ],
  },
];

function keys() {
  const rows = [50, 59].flatMap((y) => [22, 33, 44, 55, 66, 77, 88].map((x) => rounded(x, y, 9, 6, 1.5)));
  return `${rows.join('')}${rounded(38, 68, 44, 5, 1.5)}`;
}
