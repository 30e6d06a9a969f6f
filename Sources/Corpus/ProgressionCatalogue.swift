import Music

/// Progressions in common use, by the style they belong to.
enum ProgressionCatalogue {
  static let pop = [
    Progression(.major, "I V vi IV"), Progression(.major, "I vi IV V"), Progression(.major, "vi IV I V"),
    Progression(.major, "I IV V I"), Progression(.major, "I IV vi V"), Progression(.major, "I iii IV V"),
    Progression(.major, "IV I V vi"), Progression(.major, "I V IV V"), Progression(.major, "I ii IV V"),
    Progression(.major, "I iii vi IV"), Progression(.major, "I IV"), Progression(.major, "Isus4 I IV I"),
    Progression(.minor, "i bVI bIII bVII"), Progression(.minor, "i iv v i"), Progression(.minor, "i bVII bVI V"),
    Progression(.minor, "i iv bVII bIII"), Progression(.minor, "i bVI iv V"), Progression(.minor, "i bVII bVI bVII"),
    Progression(.minor, "i bIII bVII iv"), Progression(.minor, "i bVI"), Progression(.minor, "i v bVI bVII"),
  ]

  static let modal = [
    Progression(.dorian, "i IV i IV"), Progression(.dorian, "i bVII IV i"), Progression(.dorian, "i7 IV7"),
    Progression(.dorian, "i ii bIII ii"), Progression(.mixolydian, "I bVII IV I"),
    Progression(.mixolydian, "I v bVII IV"), Progression(.mixolydian, "I bVII I bVII"),
  ]

  static let jazz = [
    Progression(.major, "ii7 V7 Imaj7 Imaj7"), Progression(.major, "Imaj7 vi7 ii7 V7"),
    Progression(.major, "iii7 vi7 ii7 V7"), Progression(.major, "Imaj7 IVmaj7 iii7 vi7"),
    Progression(.major, "ii9 V9 Imaj9 vi7"), Progression(.minor, "iim7b5 V7 i7 i7"),
    Progression(.minor, "i7 iv7 iim7b5 V7"), Progression(.major, "I6 VI7 ii7 V7"),
  ]

  static let soul = [
    Progression(.major, "Imaj7 iii7 vi7 IVmaj7"), Progression(.major, "IVmaj7 iii7 ii7 Imaj7"),
    Progression(.major, "ii7 iii7 IVmaj7 V7sus4"), Progression(.minor, "i7 iv7 bVImaj7 V7"),
    Progression(.minor, "i9 iv9 bVII7 bIIImaj7"), Progression(.minor, "bVImaj7 v7 i7 bIIImaj7"),
    Progression(.dorian, "i9 IV9"),
  ]

  static let funk = [
    Progression(.dorian, "i7 IV7"), Progression(.dorian, "i7"), Progression(.mixolydian, "I9"),
    Progression(.mixolydian, "I7 IV7"), Progression(.minor, "i7 bVII7"),
  ]

  static let blues = [
    Progression(.mixolydian, "I7 IV7 I7 V7"), Progression(.mixolydian, "I7 IV7"),
    Progression(.mixolydian, "V7 IV7 I7 I7"),
    Progression(.minor, "i7 iv7 i7 V7"), Progression(.mixolydian, "I7 I7 IV7 I7"),
  ]

  static let rock = [
    Progression(.mixolydian, "I bVII IV I"), Progression(.minor, "i bVI bVII i"), Progression(.minor, "i bIII bVII IV"),
    Progression(.major, "I IV V IV"), Progression(.minor, "i bVII bVI bVII"), Progression(.major, "I V vi IV"),
  ]

  static let metal = [
    Progression(.minor, "i bVI bVII i"), Progression(.phrygian, "i bII i bII"), Progression(.minor, "i bIII bVI bVII"),
    Progression(.minor, "i iv bVI v"),
  ]

  static let folk = [
    Progression(.major, "I IV I V"), Progression(.major, "I V vi IV"), Progression(.major, "I IV V I"),
    Progression(.minor, "i bVII bVI bVII"), Progression(.dorian, "i bVII IV i"),
    Progression(.major, "I Iadd9 IV Iadd9"),
  ]

  static let cinematic = [
    Progression(.minor, "i bVI bIII bVII"), Progression(.minor, "i bVI iv V"), Progression(.minor, "i bIII bVI bVII"),
    Progression(.major, "I V ii IV"), Progression(.lydian, "I II I II"), Progression(.minor, "iadd9 bVImaj7 bIII bVII"),
  ]

  static let reggae = [
    Progression(.major, "I IV"), Progression(.major, "I V vi IV"), Progression(.minor, "i iv"),
    Progression(.minor, "i bVII"), Progression(.major, "I IV V IV"), Progression(.major, "I ii IV V"),
  ]

  static let all = pop + modal + jazz + soul + funk + blues + rock + metal + folk + cinematic + reggae
}
