import Evaluation
import Foundation
import Testing

@Suite("What is said of a folder's categories")
struct CategoryReportTests {
  private func row(
    _ name: String, told: Double = 0.8, seconds: Double = 0.5, floor: Double = -30, mistakenFor: String? = nil
  ) -> [String: Any] {
    func comparison(_ made: Double, _ real: Double) -> [String: Double] { ["made": made, "real": real] }
    var row: [String: Any] = [
      "category": name, "clips": 10, "recognized": comparison(told, 0.8), "seconds": comparison(seconds, 0.5),
      "floorDecibels": comparison(floor, -30), "attackSeconds": comparison(0.01, 0.01),
      "peakDecibels": comparison(-6, -6), "novelty": 0.9,
    ]
    row["mistakenFor"] = mistakenFor
    return row
  }

  private func verdict(_ rows: [String: Any]...) throws -> String {
    let data = try JSONSerialization.data(withJSONObject: ["rows": rows, "clipsOfEach": 5])
    return try JSONDecoder().decode(CategoryReport.self, from: data).verdict
  }

  @Test("One line says what is wrong, the worst first")
  func verdicts() throws {
    #expect(try verdict(row("kick"), row("hat")) == "By name 80 % of its clips are what was asked (80 % of real ones).")
    let bad = try verdict(row("kick", told: 0.1, floor: -10, mistakenFor: "tom"), row("hat"))
    #expect(bad.contains("worst is kick, which it takes for tom"))
    #expect(
      try verdict(row("kick", floor: -26), row("hat", floor: -20)).contains("noise lies beneath them (kick, hat)"))
    // No more than one of two: chance.
    #expect(try !verdict(row("kick", floor: -26), row("hat")).contains("noise"))
    #expect(try verdict(row("kick", seconds: 0.7), row("hat", seconds: 2)).contains("too long (kick, hat)"))
    #expect(try verdict(row("kick", seconds: 0.3), row("hat", seconds: 0.2)).contains("too short"))
  }
}
