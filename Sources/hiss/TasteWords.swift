import Foundation
import Taste

/// How a taste is told on a terminal.
enum TasteWords {
  /// In one line, as "mine: 60 picks, told rightly 77 % of the time: darker, sparser, minor; sure of the first".
  static func summary(_ taste: Taste, name: String) -> String {
    let picks = "\(name): \(taste.pickCount) pick\(taste.pickCount == 1 ? "" : "s")"
    guard taste.isLearned else {
      return picks + (taste.pickCount < 20 ? ", not enough yet" : ", nothing learned: no better than chance")
    }
    let share = String(format: ", %.0f %% of pairs told rightly", 100 * taste.accuracy)
    let beliefs = taste.beliefs.prefix(4)
    guard !beliefs.isEmpty else { return picks + share + ": nothing that has a word" }
    let sure = beliefs.prefix { $0.isSure }.count
    let trust =
      sure == 0
      ? "sure of none" : sure == beliefs.count ? "sure of all" : "sure of the first" + (sure > 1 ? " \(sure)" : "")
    return picks + share + ": " + beliefs.map(\.word).joined(separator: ", ") + "; " + trust
      + (taste.isChanging ? "; the latest picks say other things than those before, and count more" : "")
  }

  /// A belief as a row with a bar.
  static func line(_ belief: TasteBelief) -> String {
    let bar = String(repeating: "█", count: Int((abs(belief.correlation) * 20).rounded()))
    return belief.word.padding(toLength: 18, withPad: " ", startingAt: 0) + bar
      + String(format: " %.2f", abs(belief.correlation)) + (belief.isSure ? "" : " (not sure)")
  }
}
