package org.supercargo.examples.payroll;

import org.supercargo.api.action.Action;
import org.supercargo.api.action.Param;
import org.supercargo.api.action.Plugin;
import org.supercargo.api.asset.Amount;
import org.supercargo.api.intent.Intent;
import org.supercargo.api.intent.Payee;

/// Pays salaries. The method proposes a transfer; the agent's mandate decides whether it happens.
public final class Payroll implements Plugin {
  @Override
  public String name() {
    return "payroll";
  }

  @Action(value = "Pay one month's salary", examples = "pay {payee} the salary of {amount}")
  public Intent.Transfer salary(
      @Param("who is paid") Payee payee, @Param("how much, such as 100 USDC") Amount amount) {
    return new Intent.Transfer(payee, amount, "");
  }
}
