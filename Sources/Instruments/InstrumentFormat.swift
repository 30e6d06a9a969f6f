/// What an instrument can be written as.
public enum InstrumentFormat: String, Sendable, CaseIterable {
  /// Text that most samplers read.
  case sfz
  /// A SoundFont, which nearly all players read.
  case sf2
  /// A preset of DecentSampler.
  case decentSampler = "dspreset"
  /// A kit of Hydrogen; of kits alone.
  case hydrogen
}
