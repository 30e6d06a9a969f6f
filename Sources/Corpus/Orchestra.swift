import Foundation

/// The orchestras and their catalogues, which are part of the program: `Orchestras/*.orc` and `*.json`.
enum Orchestra {
  /// All orchestras in one, as Csound compiles them: what the others call comes first.
  static var text: String {
    [
      PackageResources.common_orc, PackageResources.impacts_orc, PackageResources.footsteps_orc,
      PackageResources.weapons_orc, PackageResources.interface_orc, PackageResources.motion_orc,
      PackageResources.nature_orc, PackageResources.machines_orc, PackageResources.magic_orc,
      PackageResources.synths_orc, PackageResources.drums_orc, PackageResources.finish_orc,
    ].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
  }

  /// Every kind of sound.
  static let sounds: [SoundKind] = [
    PackageResources.impacts_json, PackageResources.footsteps_json, PackageResources.weapons_json,
    PackageResources.interface_json, PackageResources.motion_json, PackageResources.nature_json,
    PackageResources.machines_json, PackageResources.magic_json,
  ].flatMap { decoded([SoundKind].self, $0) }

  static let synths: [SynthFamily] = decoded([SynthFamily].self, PackageResources.synths_json)

  static let finishes: [FinishChoice] = decoded([FinishChoice].self, PackageResources.finish_json)

  /// The catalogues are committed and tested, so what cannot be read is a mistake in the program.
  private static func decoded<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) -> Value {
    do { return try JSONDecoder().decode(type, from: Data(bytes)) } catch {
      preconditionFailure("A catalogue of sounds cannot be read: \(error)")
    }
  }
}
