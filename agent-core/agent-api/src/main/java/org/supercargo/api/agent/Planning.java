package org.supercargo.api.agent;

/// How an agent plans.
///
/// @param divides whether it may divide a goal into parts, each reviewed and done again by itself
/// @param reruns how often work that a review found wanting is done again, 0 to 5
/// @param remembers whether it keeps notes from one run for the next
/// @param mostActions how many actions the model sees at a time, 4 to 128; of more, those that fit
///   the goal best, and it can look for others
public record Planning(boolean divides, int reruns, boolean remembers, int mostActions) {
  public static final Planning DEFAULT = new Planning(false, 2, false, 32);

  public Planning {
    if (reruns < 0 || reruns > 5 || mostActions < 4 || mostActions > 128) {
      throw new IllegalArgumentException("reruns 0 to 5, mostActions 4 to 128");
    }
  }
}
