/// One note: when it starts and how long it lasts in quarter notes, which key it strikes and how hard.
public struct NoteEvent: Hashable, Sendable {
  public var startBeats: Double
  public var durationBeats: Double
  /// MIDI key, 0 … 127; 60 is middle C.
  public var key: Int
  /// 1 … 127.
  public var velocity: Int
  /// MIDI channel counted from 0; 9 is the percussion channel.
  public var channel: Int

  public init(startBeats: Double, durationBeats: Double, key: Int, velocity: Int, channel: Int = 0) {
    self.startBeats = startBeats
    self.durationBeats = durationBeats
    self.key = key
    self.velocity = velocity
    self.channel = channel
  }

  public var endBeats: Double { startBeats + durationBeats }
}
