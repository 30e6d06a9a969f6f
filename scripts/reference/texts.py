"""The texts that the tokenizer and the text encoder are held to."""

import random

CAPTIONS = [
    "a slow, warm cello melody in D minor, 70 bpm",
    "dusty lo-fi drum loop with vinyl crackle",
    "bright acoustic guitar arpeggio, C major, 120 BPM",
    "short metallic hit, long reverb tail",
    "",
    "piano",
    "Tubular bells; a clean ding-dong!",
    "808 kick",
    "a jazzy walking upright bass, swung eighths, 140 bpm, B♭ major",
    "8-bit coin pickup sound for a platform game",
    "UI click: soft, wooden, dry.",
    "café accordion playing a waltz in 3/4",
    "Ein trauriges Streichquartett, sehr langsam (Adagio)",
    "rain on a tin roof, distant thunder",
    "string ensemble swelling from pianissimo to fortissimo in F♯ minor at 90 bpm, then fading away into silence",
    "alto sax riff, funky, with a gated reverb and a hint of tape wow & flutter",
    "尺八のゆっくりとした旋律",
    "🎹 happy ragtime piano 🎶",
    "marimba and vibraphone ostinato, syncopated, A minor pentatonic, 105 bpm, recorded close in a small dry room",
    " ".join(f"bar {n}: C{n % 7} Eb{n % 5} G{n % 6} staccato," for n in range(60)),
]

HAND_WRITTEN = [
    # Nothing, and odd white space.
    "", " ", "\t", "\n", "\r\n", "a\tb\nc\rd", "a\u00a0b", "a\u2003b\u3000c", "a\u2028b\u2029c", "\u200b", "a\u200bb",
    "\ufeffbom", "a\u180eb", "  leading and trailing  ", "a\u1680b\u205fc\u202fd", "a\x0bb\x0cc", "a\x85b", "\u00ad",
    # Controls and characters that are none.
    "\x01", "a\x00b", "bell\x07bell", "\x7fdelete", "a\x1cb\x1dc\x1ed\x1fe", "\ufffd", "a\ufffdb", "\ue000",
    "\U000f0000",
    "\uffff", "\U0010ffff", "\u202eright to left\u202c", "a\u2066b\u2069c", "\u0378", "\ufff9a\ufffab\ufffb",
    # Case.
    "HELLO World", "İstanbul", "ISTANBUL ı İ i I", "DİYARBAKIR", "ß ẞ STRASSE Straße", "ΟΔΥΣΣΕΥΣ", "Σίσυφος", "ΑΣ",
    "ǅ ǆ Ǆ",
    "Ꭰ ꭰ Ა ა", "ﬁﬂ ﬃ ﬅ ŉ ǰ", "K Å Ω", "ſt ſ", "ϒ ϓ ϔ", "Ⓐ ⓐ Ⅷ ⅷ", "𝐀𝐁𝐂 𝒳 𝔸", "Ａｂｃ １２３！", "Ⱥ Ⱦ ɐ", "ⱯⱭ", "ÞÐÆŒØ", "ŁÓDŹ",
    # Accents and combining marks.
    "café", "cafe\u0301", "CAFÉ", "naïve résumé", "Ångström", "Dvořák", "Antonín Leopold", "Beyoncé", "Motörhead",
    "Sigur Rós",
    "Ñandú ñ n\u0303", "Việt Nam", "tiếng Việt đàn bầu", "a\u0327\u0301\u0323", "\u0301", "\u0301a",
    "Z\u0351\u036b\u0343a\u0361lgo",
    "ǖ ǘ ǚ ǜ", "ệ ễ ở", "q\u0307\u0323", "1\u20dd 2\u20e3", "e\u0301\u0301\u0301", "ø o\u0338", "ç ģ ķ", "ﷺ", "Å\u030a",
    "\u0344", "\u1fc1 \u1ffd \u00a8", "ά ᾴ ᾷ ῼ", "\u0340\u0341\u0343", "\u2126 \u212a \u212b", "\ufb1d \ufb2a",
    "a\u1dfb",
    "\u1734", "ᜩ\u1734", "ᢅᢆ", "ꦠꦽ", "a\ua9bda", "𑇉", "a\U000111c9a", "𑜞", "a\U0001171ea", "᙭ᐊ", "\u07fd", "a\u0898b",
    "\U00011938", "\U0001611e", "\u0897",
    # CJK, kana, Hangul.
    "你好", "你好 world世界", "東京タワー", "ピアノ ﾋﾟｱﾉ", "ガギグ か\u3099", "ひらがなカタカナ漢字", "한국어", "안녕하세요 세계", "\u1112\u1161\u11ab",
    "ㅎㅏㄴ", "국악 가야금 산조", "豈更", "丽", "\U00020000\U0002a6d6", "\U0002a700\U0002b73f", "\U0002b820\U0002b91f",
    "\U0002b920\U0002ceaf",
    "\U0002ceb0\U00030000", "㐀䶵", "〆ヶ々〇", "。、「」『』", "尺八と三味線、琴。", "古箏獨奏", "京剧锣鼓", "음악🎵음악", "a中b文c", "１２３４５", "㈱ ㍿ ①②",
    # Other scripts.
    "مرحبا بالعالم", "مُوسِيقَى", "العُود", "ﻻ لا", "سلام دنیا", "שלום עולם", "שָׁלוֹם", "สวัสดีชาวโลก",
    "ดนตรีไทย ระนาดเอก", "नमस्ते दुनिया",
    "सितार और तबला", "क़ ख़ ड़", "হ্যালো বিশ্ব", "বাঁশি", "வணக்கம்", "వీణ", "ಕನ್ನಡ", "മലയാളം", "ਪੰਜਾਬੀ ਢੋਲ",
    "ગુજરાતી", "සිංහල", "བོད་སྐད།",
    "မြန်မာ", "ភាសាខ្មែរ", "ລາວ", "Привет, мир", "Ёлка Йод й ё", "Балалайка", "Ћирилица Ђ", "Українська Їжак ґ",
    "Ελληνικά μπουζούκι",
    "Հայերեն դուդուկ", "ქართული ჭიანური", "አማርኛ ክራር", "ᓄᓇᕗᑦ", "ᚠᚢᚦᚨᚱᚲ", "ꦗꦮ", "ᏣᎳᎩ", "ߒߞߏ", "𐐀𐐁 𐐨𐐩", "𝄞 𝅘𝅥𝅮 𝅗𝅥",
    "𓀀𓁐", "Монгол ᠮᠣᠩᠭᠣᠯ",
    # Emoji and symbols.
    "😀", "👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇫🇷🇯🇵", "❤️ ❤", "1️⃣ #️⃣", "🎸🥁🎺🎷🎻🪗", "piano🎹piano", "☕️ time", "👩🏿‍🎤 sings",
    "™ © ® ℗ ℠",
    "♩ ♪ ♫ ♬ ♭ ♮ ♯", "B♭ F♯ C♮ A𝄪 E𝄫", "← → ↑ ↓ ⇒", "∞ ≠ ≤ ≥ ± × ÷ √", "½ ¼ ¾ ⅓ ² ³ ⁴", "° ′ ″ ‰ §¶†‡",
    "€ £ ¥ ₹ ₿ ¢", "■ ● ★ ☆ ✓ ✗", "⠓⠑⠇⠇⠕",
    # Punctuation.
    "...", "…", "!?!?", "don't won't it's", "don’t “quote” ‘q’", "rock'n'roll", "R&B", "AC/DC", "lo-fi",
    "hi–fi — dash", "a_b_c", "50%",
    "#hashtag @mention", "C#4", "C# minor", "(parentheses) [brackets] {braces} <angles>", "a.b.c", "3.14159",
    "1,000,000", "-12 dB", "+6dB",
    "440Hz", "44.1 kHz", "24-bit", "http://example.com/a?b=c&d=e#f", "mail@example.com", "C:\\path\\file.wav",
    "`code`", "~tilde^caret",
    "«guillemets» ‹single›", "¿qué? ¡olé!", "a·b•c", "a‧b", "一、二。三", "a|b", "$5 + $6 = $11", "=== --- ***", "^^",
    "``", "\"'\"", "a⸺b", "\u2e43", "\u2e3b",
    # Special tokens, and what resembles them.
    "[CLS] [SEP]", "[SEP]", "a[SEP]b", "[MASK] is masked", "[UNK][PAD]", "[cls] [Sep]", "[ SEP ]", "[[SEP]]",
    "[SEP", "[CLS]é[SEP]É",
    "##ing", "# #ing", "[unused1]", "[UNK", "[S\u0000EP]", "[\u200bSEP]", "a\u0301[MASK]\u0301b",
    # Long ones.
    "a" * 99, "a" * 100, "a" * 101, "a" * 1000, "é" * 100, "é" * 101, "e\u0301" * 101, "x" * 100 + "!" + "x" * 101,
    "中" * 300, "word " * 300,
    "!" * 300, "very " * 253 + "long", "very " * 254 + "long", "very " * 252 + "unbelievablenesses",
    "supercalifragilisticexpialidocious",
    "pneumonoultramicroscopicsilicovolcanoconiosis", "antidisestablishmentarianism honorificabilitudinitatibus",
    "🎵" * 100, "한" * 34, "한" * 33,
    "a[SEP]" * 200, "\u0301" * 1000, " " * 1000 + "a",
    # Musical captions.
    "Am7 Dm7 G7 Cmaj7", "I-V-vi-IV in G", "ii–V–I turnaround", "tempo: 128 BPM; key: F# minor; 4/4",
    "TR-808 & TB-303 acid line", "wah-wah guitar",
    "pp < ff > mf, sfz", "Rhodes electric piano w/ tremolo", "detuned saw supersaw pad", "drum'n'bass, 174bpm",
    "hip-hop boombap 90 bpm swing 58%",
    "glockenspiel, pizzicato strings & celesta (fairy-tale)", "sub-bass 40Hz", "Gamelan from Java",
    "oud & qanun, maqam hijaz", "3/4 waltz; 6/8 jig; 7/8",
    "vibraslap, güiro, cajón, djembé", "Hammond B3 w/ Leslie", "musique concrète", "glissando ↗ then staccato",
    "one-shot snare, 200 ms, -3 dBFS",
    "Arvo Pärt-like tintinnabuli", "Für Elise", "Ménage à trois", "Björk-style glitch", "mbira / kalimba",
    "a cappella choir 'ooh' in E♭",
]


def texts():
    """The hand-written texts, the captions, and mixtures of them by a fixed seed."""
    mixer = random.Random(7)
    found = HAND_WRITTEN + CAPTIONS
    short = [text for text in HAND_WRITTEN if len(text) < 60]
    for _ in range(60):
        found.append(mixer.choice(["", " ", "-", "\u0301"]).join(mixer.sample(short, 4)))
    alphabet = [chr(c) for c in list(range(0x20, 0x530)) + list(range(0x2000, 0x2100)) + list(range(0x1F300, 0x1F650))]
    for _ in range(60):
        found.append("".join(mixer.choices(alphabet, k=24)))
    return list(dict.fromkeys(found))
