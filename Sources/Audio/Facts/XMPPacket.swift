import Foundation

/// Adobe's packet of metadata (XMP, ISO 16684-1) with the IPTC's mark of what a model made.
enum XMPPacket {
  /// What a file says in XMP; nil where it says nothing of how it came to be.
  static func text(_ facts: SoundFacts) -> String? {
    guard let source = facts.source else { return nil }
    var values = [("Iptc4xmpExt:DigitalSourceType", source.address)]
    if let origin = facts.origin {
      values += [
        ("Iptc4xmpExt:AISystemUsed", origin.program), ("Iptc4xmpExt:AISystemVersionUsed", origin.means),
        ("xmp:CreatorTool", origin.program),
      ]
    }
    if let tempo = facts.tempoText { values.append(("xmpDM:tempo", tempo)) }
    if let key = facts.key {
      values.append(("xmpDM:key", Self.tonics[key.tonic % 12]))
      let scale = key.symbol.map { $0.hasSuffix("m") ? "Minor" : "Major" } ?? "Neither"
      values.append(("xmpDM:scaleType", scale))
    }
    if let meter = facts.meter {
      let text = "\(meter.numerator)/\(meter.denominator)"
      values.append(("xmpDM:timeSignature", Self.meters.contains(text) ? text : "other"))
    }
    if let beats = facts.beats { values.append(("xmpDM:numberOfBeats", "\(beats)")) }
    if facts.isLoop { values.append(("xmpDM:loop", "True")) }
    return """
      <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
      <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
      <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
      xmlns:xmpDM="http://ns.adobe.com/xmp/1.0/DynamicMedia/" \
      xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" \
      \(values.map { "\($0)=\"\(escaped($1))\"" }.joined(separator: " "))/></rdf:RDF></x:xmpmeta>
      <?xpacket end="w"?>
      """
  }

  private static let tonics = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]
  /// Those that XMP's Dynamic Media has names for.
  private static let meters: Set = ["2/4", "3/4", "4/4", "5/4", "7/4", "6/8", "9/8", "12/8"]

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }

  /// What a packet says of how its file came to be, as an attribute or as an element; nil where that is nothing known.
  static func source(in packet: String) -> DigitalSource? {
    guard let name = packet.range(of: "DigitalSourceType") else { return nil }
    let value = packet[name.upperBound...].drop { $0 != "\"" && $0 != "'" && $0 != ">" }.dropFirst()
    return DigitalSource(term: value.prefix { !"\"'<".contains($0) })
  }
}
