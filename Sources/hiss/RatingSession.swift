import ArgumentParser
import Foundation
import Storage

/// Clips played one after another on a terminal, each rated by whoever listens.
struct RatingSession {
  /// Programs that play a file, and how they are quiet: of ALSA, PipeWire, PulseAudio, SoX and FFmpeg, and macOS.
  private static let players = [
    ["pw-play"], ["paplay"], ["aplay", "-q"], ["play", "-q"], ["ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet"],
    ["afplay"],
  ]

  private let files: [URL]
  private let player: [String]?

  init(_ files: [URL]) throws {
    guard files.count > 1 else { throw ValidationError("fewer than two clips: there is nothing to prefer") }
    self.files = files
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    player = Self.players.first { player in
      folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(player[0])") }
    }
  }

  /// The ratings that were given, from 1 to 5; what was skipped has none.
  func ratings() throws -> [(file: String, rating: Double)] {
    var ratings: [(file: String, rating: Double)] = []
    Console.note(
      "1 to 5 rates, Enter skips, r plays it again, q ends" + (player == nil ? "; no program plays sounds here" : ""))
    clips: for (place, file) in files.enumerated() {
      play(file)
      while true {
        Console.draw("\(place + 1) of \(files.count)  \(VisibleText.of(file.lastPathComponent)): ")
        guard let answer = readLine()?.trimmingCharacters(in: .whitespaces), answer != "q" else { break clips }
        if answer.isEmpty { break }
        if answer == "r" {
          play(file)
        } else if let rating = Double(answer), (1...5).contains(rating) {
          ratings.append((file.path, rating))
          break
        } else {
          Console.note("1 to 5, Enter, r or q")
        }
      }
    }
    return ratings
  }

  /// Plays a file to its end; one that cannot be played is passed over.
  private func play(_ file: URL) {
    guard let player else { return }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = player + [file.path]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return }
    process.waitUntilExit()
  }
}
